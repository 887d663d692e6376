/**
 * The servlet filter: hands requests to the gate and its answers to the container. Nothing newer than Servlet 3.1 is used
 * here, as the same classes serve {@code javax.servlet} too.
 */
@NullMarked
package io.mapae.servlet;

import org.jspecify.annotations.NullMarked;
