package io.mapae.jws;

/** A header, and the text that it was read from. */
record ReadHeader(String text, Header header) {}
