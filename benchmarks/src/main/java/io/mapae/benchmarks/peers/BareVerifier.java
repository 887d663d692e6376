package io.mapae.benchmarks.peers;

import io.mapae.benchmarks.BareCheck;
import io.mapae.benchmarks.Scheme;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;

/** Checks nothing but the signature, and has decoded everything before. */
record BareVerifier(Scheme scheme) implements Verifier {
    @Override
    public Object verify(String token) throws GeneralSecurityException {
        return new BareCheck(scheme, token).passes();
    }

    @Override
    public Callable<Object> of(String token) {
        return new BareCheck(scheme, token)::passes;
    }
}
