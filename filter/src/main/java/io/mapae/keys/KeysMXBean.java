package io.mapae.keys;

import java.util.List;

/**
 * The keys of one issuer, as {@code io.mapae:type=Keys,application=…,issuer=…} shows them. Instants are ISO 8601 in UTC;
 * an empty text stands for never or nothing.
 */
public interface KeysMXBean {
    /** {@code EMPTY}, {@code FRESH}, {@code REFRESHING}, {@code STALE} (they serve, but cannot be renewed) or {@code DEAD}. */
    String getState();

    /** The {@code kid} of each key; {@code (none)} for one without. */
    List<String> getKeyIds();

    /** Why entries of the last good set were skipped. */
    List<String> getSkippedEntries();

    /** When keys were last fetched with success. */
    String getLastSuccess();

    /** What was wrong with the last fetch; empty after a success. */
    String getLastError();

    /** When they are fetched next; empty while that is under way. */
    String getNextRefresh();

    /** How often a fetch began. */
    long getFetches();

    /** How often one failed. */
    long getFailures();

    /** How many requests got 503 because too many waited already. */
    long getTurnedAway();

    /**
     * Fetches the keys, by a fetch that begins from now on, whatever the schedule says.
     *
     * @return the state afterwards, or {@code under way} where that takes longer than {@code jwks.deadline}
     */
    String refreshNow();
}
