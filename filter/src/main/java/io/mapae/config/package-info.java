/** Reads settings, all of them at once, and reports every problem with them together. */
@NullMarked
package io.mapae.config;

import org.jspecify.annotations.NullMarked;
