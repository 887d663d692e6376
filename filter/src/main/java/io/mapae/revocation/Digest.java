package io.mapae.revocation;

/** 128 bits that stand for a text; {@code high} is never 0. */
record Digest(long high, long low) {}
