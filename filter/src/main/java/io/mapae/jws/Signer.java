package io.mapae.jws;

import java.security.GeneralSecurityException;

/** Makes signatures with one key. Safe for use by several threads. */
@FunctionalInterface
public interface Signer {
    /** The signature over {@code input} as a token has it. */
    byte[] sign(byte[] input) throws GeneralSecurityException;
}
