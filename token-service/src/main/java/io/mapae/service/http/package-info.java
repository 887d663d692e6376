/** The service's endpoints: what comes in over HTTP, and what goes out. */
@NullMarked
package io.mapae.service.http;

import org.jspecify.annotations.NullMarked;
