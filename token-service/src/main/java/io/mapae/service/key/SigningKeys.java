package io.mapae.service.key;

import io.mapae.jws.Header;
import io.mapae.jws.VerificationKey;
import io.mapae.keys.KeySource;
import io.mapae.service.StoreException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys of the service, the same at every node: made at the first start and replaced in time, each published long before
 * it signs, and until the last of its tokens has expired everywhere. They live as long as somebody {@linkplain #tick ticks}.
 * Safe for use by several threads.
 */
public final class SigningKeys implements KeySource {
    private static final Logger LOG = System.getLogger("io.mapae.service");

    private final Optional<KeyVault> vault;
    private final SigningAlgorithm algorithm;
    private final Rollover rollover;
    private final InstantSource clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile Keyring ring;
    private volatile boolean failing;

    private SigningKeys(
            Optional<KeyVault> vault,
            SigningAlgorithm algorithm,
            Rollover rollover,
            InstantSource clock,
            Keyring ring) {
        this.vault = vault;
        this.algorithm = algorithm;
        this.rollover = rollover;
        this.clock = clock;
        this.ring = ring;
    }

    /**
     * The keys in {@code store}; if there are none, the first is made. Where they are of another algorithm, the next is of
     * this one, and takes over as soon as it may.
     *
     * @param secret what private keys are sealed under in the store, at least 32 bytes
     * @throws InvalidKeyException if the secret is too short, or another than the one of the keys in the store
     */
    public static SigningKeys open(
            SigningKeyStore store, byte[] secret, SigningAlgorithm algorithm, Rollover rollover, InstantSource clock)
            throws StoreException, InvalidKeyException {
        KeyVault vault = new KeyVault(store, new Seal(secret));
        Keyring nothing = new Keyring(Map.of(), List.of(), Instant.EPOCH);
        SigningKeys keys = new SigningKeys(Optional.of(vault), algorithm, rollover, clock, nothing);
        keys.renew(vault, keys::isDueAtStart, rollover.lead());
        return keys;
    }

    /**
     * The one key of a PKCS#12 file, for good; its algorithm follows from its type.
     *
     * @param rollover what of it matters for a key that is never replaced: how long verifiers may cache it
     * @throws IOException if the file cannot be read
     * @throws InvalidKeyException if the password is wrong, or there is not exactly one private key that fits
     */
    public static SigningKeys inFile(Path file, char[] password, Rollover rollover, InstantSource clock)
            throws IOException, InvalidKeyException {
        KeyFile key = KeyFile.read(file, password);
        Keyring ring = new Keyring(Map.of(key.stored(), key.ready()), List.of(key.stored()), Instant.MAX);
        return new SigningKeys(Optional.empty(), key.algorithm(), rollover, clock, ring);
    }

    /**
     * Reads what other nodes have made, makes the next key if it is due, and forgets what is no longer needed. To be called
     * every few seconds; does nothing if another thread is at it. A store that is out of reach is logged, once.
     */
    public void tick() {
        if (vault.isEmpty() || !renewing.tryLock()) {
            return;
        }
        try {
            renew(vault.get(), rollover::isDue, rollover.scheduledLead());
            if (failing) {
                LOG.log(Level.INFO, "The signing keys are within reach again");
                failing = false;
            }
        } catch (StoreException | InvalidKeyException failure) {
            if (!failing) {
                LOG.log(
                        Level.WARNING,
                        "The signing keys cannot be read, those known serve on for {0}: {1}",
                        rollover.freshness(),
                        failure.getMessage());
                failing = true;
            }
        } finally {
            renewing.unlock();
        }
    }

    /**
     * Makes the next key now, unless one takes over soon anyway, and tells when it will sign; empty where the key is in a
     * file.
     *
     * @throws InvalidKeyException if what is in the store cannot be opened
     */
    public Optional<Instant> rotate() throws StoreException, InvalidKeyException {
        if (vault.isEmpty()) {
            return Optional.empty();
        }
        renewing.lock();
        try {
            renew(vault.get(), (keys, now) -> !rollover.isUnderWay(keys, now), rollover.lead());
        } finally {
            renewing.unlock();
        }
        return rollover.newest(ring.keys().keySet()).map(StoredKey::signsFrom);
    }

    /**
     * The access token with these claims, signed by the key whose turn it is.
     *
     * @param claims a JSON object
     * @throws StoreException if it has been too long since the keys were read: others may not publish them any more
     */
    public String sign(byte[] claims) throws StoreException {
        Instant now = clock.instant();
        if (isStale(now)) {
            tick(); // the machine may have slept
            demandFresh(now);
        }
        Keyring current = ring;
        return rollover.signing(current.keys().keySet(), now)
                .map(current::ready)
                .orElseThrow()
                .sign(claims);
    }

    /** What others verify tokens with. */
    public Published published() {
        return new Published(ring.jwkSet(), rollover.maxAge());
    }

    /**
     * A JWK set (RFC 7517 §5).
     *
     * @param maxAge how long it may be cached
     */
    public record Published(String jwkSet, Duration maxAge) {
        /** The value of {@code Cache-Control}. */
        public String cacheControl() {
            return "public, max-age=" + maxAge.toSeconds();
        }
    }

    /** For applications in the same process, without a look at the store. */
    @Override
    public List<VerificationKey> candidates(Header header) throws IOException {
        List<VerificationKey> candidates = ring.candidates(header);
        if (candidates.isEmpty()) {
            demandFresh(clock.instant());
        }
        return candidates;
    }

    private boolean isStale(Instant now) {
        return vault.isPresent() && ring.isOlderThan(rollover.freshness(), now);
    }

    private void demandFresh(Instant now) throws StoreException {
        if (isStale(now)) {
            throw new StoreException(
                    "the signing keys were not read for " + rollover.freshness(), new IOException("out of reach"));
        }
    }

    /** The key that signs is of another algorithm than the setting; one that does not sign yet is left its turn. */
    private boolean isDueAtStart(Collection<StoredKey> keys, Instant now) {
        return rollover.isDue(keys, now)
                || rollover.newest(keys)
                        .filter(newest -> !newest.algorithm().equals(algorithm.toString()))
                        .filter(newest -> !newest.signsFrom().isAfter(now))
                        .isPresent();
    }

    /** Whether the next key is to be made. */
    @FunctionalInterface
    private interface Wanted {
        boolean test(Collection<StoredKey> keys, Instant now);
    }

    private void renew(KeyVault keys, Wanted next, Duration lead) throws StoreException, InvalidKeyException {
        Instant now = clock.instant();
        Map<StoredKey, SigningKey> read = keys.read(ring.keys());
        if (next.test(read.keySet(), now)) {
            make(keys, read.keySet(), lead);
            now = clock.instant();
            read = keys.read(read);
        }
        List<StoredKey> published = rollover.published(read.keySet(), now);
        ring = new Keyring(read, published, now);
        List<StoredKey> gone = new ArrayList<>(read.keySet());
        gone.removeAll(published);
        if (!gone.isEmpty()) {
            keys.remove(gone);
        }
    }

    /** If another node was faster, its key is as good. Nobody waits for the first. */
    private void make(KeyVault keys, Collection<StoredKey> read, Duration lead) throws StoreException {
        long generation =
                rollover.newest(read).map(newest -> newest.generation() + 1).orElse(0L);
        keys.make(algorithm, generation, () -> clock.instant().plus(read.isEmpty() ? Duration.ZERO : lead))
                .ifPresent(made -> LOG.log(
                        Level.INFO,
                        "Signing key {0} ({1}) was made and signs from {2}",
                        made.id(),
                        made.algorithm(),
                        made.signsFrom()));
    }
}
