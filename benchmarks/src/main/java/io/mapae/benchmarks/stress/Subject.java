package io.mapae.benchmarks.stress;

/** A verifier under stress. Safe for use by several threads. */
@FunctionalInterface
interface Subject {
    String ACCEPTED = "accepted";
    /** The keys were out of reach. */
    String UNDECIDED = "undecided";

    /** {@link #ACCEPTED}, {@link #UNDECIDED} or why {@code token} was refused. */
    String verify(String token);
}
