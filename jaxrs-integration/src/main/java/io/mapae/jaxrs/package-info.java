/**
 * The JAX-RS side: a request filter that hands requests to the gate, annotations that say who may call what, and a client
 * filter that calls other services in the caller's name.
 */
@NullMarked
package io.mapae.jaxrs;

import org.jspecify.annotations.NullMarked;
