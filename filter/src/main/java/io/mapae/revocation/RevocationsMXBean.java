package io.mapae.revocation;

/**
 * What is known of revoked tokens, as {@code io.mapae:type=Revocations,application=…} shows it. Instants and durations are
 * ISO 8601, in UTC; an empty text stands for never or nothing.
 */
public interface RevocationsMXBean {
    /** {@code EMPTY}, {@code FRESH}, {@code STALE} (it serves, but the source is out of reach) or {@code DEAD}. */
    String getState();

    /** How many revocations are held, with those that have run out of late. */
    int getEntries();

    /** How many bytes they take. */
    long getBytes();

    /** How long ago the last successful reading began. */
    String getAge();

    /** When it began. */
    String getLastSuccess();

    /** What was wrong with the last reading; empty after a success. */
    String getLastError();

    /** How often the source was read. */
    long getReadings();

    /** How often that failed. */
    long getFailures();

    /**
     * Reads everything from the source, from now on.
     *
     * @return the state afterwards, or {@code under way} where that takes longer than two seconds
     */
    String refreshNow();
}
