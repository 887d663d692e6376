package io.mapae.service.key;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When which key signs and is published: functions of the keys and the time alone, so that all nodes come to the same
 * answer. A key signs from its time until that of a later generation.
 *
 * @param every how long a key signs
 * @param maxAge how long verifiers may cache what is published
 * @param freshness how old what a node knows of the keys may be when it signs
 * @param tokenLifetime of the token that lives longest
 * @param skew between the clocks of nodes and verifiers, with what verifiers allow
 */
public record Rollover(Duration every, Duration maxAge, Duration freshness, Duration tokenLifetime, Duration skew) {
    private static final Duration MAX_AGE = Duration.ofMinutes(5);
    private static final Duration FRESHNESS = Duration.ofMinutes(10);
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** Some verifiers look once a day, whatever they are told; waiting costs nothing where nobody waits. */
    private static final Duration LONGEST_LEAD = Duration.ofDays(1);

    private static final Comparator<StoredKey> BY_GENERATION = Comparator.comparing(StoredKey::generation);

    /** @throws IllegalArgumentException if a key would be due before the one before it signs */
    public Rollover {
        Duration shortest = freshness.plus(maxAge).plus(skew);
        if (every.compareTo(shortest.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("a key signs for " + shortest.multipliedBy(2) + " at least");
        }
    }

    /** The usual times. */
    public static Rollover every(Duration every, Duration tokenLifetime) {
        return new Rollover(every, MAX_AGE, FRESHNESS, tokenLifetime, SKEW);
    }

    /**
     * How long before it signs a key must be stored: until then every node that signs or publishes has read it, and
     * verifiers have read it there.
     */
    public Duration lead() {
        return freshness.plus(maxAge).plus(skew);
    }

    /** The same where there is time, as for the key of the next period. */
    Duration scheduledLead() {
        Duration half = every.dividedBy(2);
        return longer(lead(), half.compareTo(LONGEST_LEAD) < 0 ? half : LONGEST_LEAD);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** The key that signs now; the first where none does yet, by this clock; empty where there is none. */
    Optional<StoredKey> signing(Collection<StoredKey> keys, Instant now) {
        return keys.stream()
                .filter(key -> !now.isBefore(key.signsFrom()))
                .max(BY_GENERATION)
                .or(() -> keys.stream().min(BY_GENERATION));
    }

    /** When another of the keys takes over from the one that signs now; empty where that is the last. */
    Optional<Instant> nextTakeover(Collection<StoredKey> keys, Instant now) {
        return signing(keys, now)
                .flatMap(signing -> keys.stream()
                        .filter(key -> key.generation() > signing.generation())
                        .map(StoredKey::signsFrom)
                        .min(Comparator.naturalOrder()));
    }

    /** The keys that tokens may be signed with, now or soon, or that may have signed one that is still good. */
    List<StoredKey> published(Collection<StoredKey> keys, Instant now) {
        return keys.stream()
                .filter(key -> now.isBefore(goneFrom(keys, key)))
                .sorted(BY_GENERATION)
                .toList();
    }

    /** A node that read the keys long ago may still sign with {@code key} for a while after a later one has taken over. */
    private Instant goneFrom(Collection<StoredKey> keys, StoredKey key) {
        return keys.stream()
                .filter(other -> other.generation() > key.generation())
                .map(StoredKey::signsFrom)
                .min(Comparator.naturalOrder())
                .map(over -> over.plus(freshness).plus(tokenLifetime).plus(skew))
                .orElse(Instant.MAX);
    }

    /** Whether the next key is to be made: there is none, or the newest one's time is nearly up. */
    boolean isDue(Collection<StoredKey> keys, Instant now) {
        return newest(keys)
                .map(newest -> !now.isBefore(newest.signsFrom().plus(every).minus(scheduledLead())))
                .orElse(true);
    }

    /** Whether another key takes over already within the time that one would need that is made now. */
    boolean isUnderWay(Collection<StoredKey> keys, Instant now) {
        return newest(keys)
                .map(StoredKey::signsFrom)
                .filter(now::isBefore)
                .filter(from -> !from.isAfter(now.plus(lead())))
                .isPresent();
    }

    /** The key that was made last. */
    Optional<StoredKey> newest(Collection<StoredKey> keys) {
        return keys.stream().max(BY_GENERATION);
    }
}
