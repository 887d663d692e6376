package io.mapae.benchmarks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** The check of one token's signature and nothing else: all decoding was done before. */
public final class BareCheck {
    private final Scheme scheme;
    private final byte[] signature;
    private final byte[] input;

    public BareCheck(Scheme scheme, String token) {
        int dot = token.lastIndexOf('.');
        this.scheme = scheme;
        this.signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        this.input = token.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether it is good. */
    public boolean passes() throws GeneralSecurityException {
        return scheme.verify(signature, input);
    }
}
