/**
 * Decides what becomes of a request: {@link Gate} takes it in through {@link Request}, whatever API it came by, and
 * answers with a caller or with a complete response. Knows no servlet.
 */
@NullMarked
package io.mapae.http;

import org.jspecify.annotations.NullMarked;
