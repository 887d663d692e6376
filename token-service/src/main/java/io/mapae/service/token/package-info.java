/** Access tokens: what they say, and how it is written down. */
@NullMarked
package io.mapae.service.token;

import org.jspecify.annotations.NullMarked;
