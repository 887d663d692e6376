package io.mapae.service.key;

import io.mapae.service.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys that all nodes share in a store, and make by themselves. */
final class StoredKeys implements KeyOrigin {
    private static final Logger LOG = System.getLogger("io.mapae.service");

    private final KeyVault vault;
    private final SigningAlgorithm algorithm;
    private final Rollover rollover;
    private final InstantSource clock;

    StoredKeys(KeyVault vault, SigningAlgorithm algorithm, Rollover rollover, InstantSource clock) {
        this.vault = vault;
        this.algorithm = algorithm;
        this.rollover = rollover;
        this.clock = clock;
    }

    /** What is there at the start, and the first key where there is none. */
    Keyring first() throws StoreException, InvalidKeyException {
        Keyring nothing = new Keyring(Map.of(), List.of(), Instant.EPOCH);
        return renew(nothing, this::isDueAtStart, rollover.lead());
    }

    /** The key that signs is of another algorithm than the setting; one that does not sign yet is left its turn. */
    private boolean isDueAtStart(Collection<StoredKey> keys, Instant now) {
        return rollover.isDue(keys, now)
                || rollover.newest(keys)
                        .filter(newest -> !newest.algorithm().equals(algorithm.toString()))
                        .filter(newest -> !newest.signsFrom().isAfter(now))
                        .isPresent();
    }

    @Override
    public Keyring renew(Keyring known) throws StoreException, InvalidKeyException {
        return renew(known, rollover::isDue, rollover.scheduledLead());
    }

    @Override
    public Optional<Keyring> rotate(Keyring known) throws StoreException, InvalidKeyException {
        return Optional.of(renew(known, (keys, now) -> !rollover.isUnderWay(keys, now), rollover.lead()));
    }

    @Override
    public Optional<Instant> successor(StoredKey newest) {
        return Optional.of(newest.signsFrom().plus(rollover.every()));
    }

    /** Whether the next key is to be made. */
    @FunctionalInterface
    private interface Wanted {
        boolean test(Collection<StoredKey> keys, Instant now);
    }

    private Keyring renew(Keyring known, Wanted next, Duration lead) throws StoreException, InvalidKeyException {
        Instant now = clock.instant();
        Map<StoredKey, SigningKey> read = vault.read(known.keys());
        if (next.test(read.keySet(), now)) {
            make(read.keySet(), lead);
            now = clock.instant();
            read = vault.read(read);
        }
        List<StoredKey> published = rollover.published(read.keySet(), now);
        forget(read.keySet(), published);
        return new Keyring(read, published, now);
    }

    /** What was read serves, whether or not this is done. */
    private void forget(Collection<StoredKey> read, List<StoredKey> published) {
        List<StoredKey> gone = new ArrayList<>(read);
        gone.removeAll(published);
        try {
            if (!gone.isEmpty()) {
                vault.remove(gone);
            }
        } catch (StoreException nextTime) {
            LOG.log(Level.DEBUG, "Signing keys that are over were not removed", nextTime);
        }
    }

    /** If another node was faster, its key is as good. Nobody waits for the first. */
    private void make(Collection<StoredKey> read, Duration lead) throws StoreException {
        long generation =
                rollover.newest(read).map(newest -> newest.generation() + 1).orElse(0L);
        vault.make(algorithm, generation, () -> clock.instant().plus(read.isEmpty() ? Duration.ZERO : lead))
                .ifPresent(made -> LOG.log(
                        Level.INFO,
                        "Signing key {0} ({1}) was made and signs from {2}",
                        made.id(),
                        made.algorithm(),
                        made.signsFrom()));
    }
}
