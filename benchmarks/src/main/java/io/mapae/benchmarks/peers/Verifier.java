package io.mapae.benchmarks.peers;

import io.mapae.verify.Verdict;
import java.util.concurrent.Callable;

/** Verifies tokens of one key, issuer and audience. Built once. */
@FunctionalInterface
public interface Verifier {
    /** What a good token comes to. For a bad one it throws, is {@code false}, or a verdict that says so. */
    Object verify(String token) throws Exception;

    /** A verification of that token, which has not begun. */
    default Callable<Object> of(String token) {
        return () -> verify(token);
    }

    /** Whether it takes that token for good. */
    default boolean accepts(String token) {
        try {
            Object outcome = of(token).call();
            return !(outcome instanceof Verdict.Rejected) && !outcome.equals(false);
        } catch (Exception refused) {
            return false;
        }
    }
}
