/** What a whole server takes for a request, with each who can stand before its servlets. */
@NullMarked
package io.mapae.benchmarks.server;

import org.jspecify.annotations.NullMarked;
