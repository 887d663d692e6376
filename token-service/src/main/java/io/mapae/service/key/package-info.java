/** The keys that the service signs with: made, kept, published and replaced in time. */
@NullMarked
package io.mapae.service.key;

import org.jspecify.annotations.NullMarked;
