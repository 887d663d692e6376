package io.mapae.jws;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;

/** Checks the signatures of one algorithm. Safe for use by several threads. */
@FunctionalInterface
interface Engine {
    /**
     * Whether {@code signature}, which has the right length, is {@code key}'s over {@code input}.
     *
     * @throws java.security.SignatureException perhaps, for one that is malformed
     * @throws GeneralSecurityException any other if it is out of order, and so with unchecked ones
     */
    boolean verifies(byte[] signature, Key key, byte[] input) throws GeneralSecurityException, IOException;
}
