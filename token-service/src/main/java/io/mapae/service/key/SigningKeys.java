package io.mapae.service.key;

import io.mapae.jmx.Beans;
import io.mapae.jws.Engines;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys of the service, the same at every node, each published long before it signs. Those in a store are made at the
 * first start, replaced in time, and published until the last of their tokens has expired everywhere. They live as long as somebody {@linkplain #tick ticks}.
 * Safe for use by several threads.
 */
public final class SigningKeys implements KeySource {
    private static final Logger LOG = System.getLogger("io.mapae.service");

    private final KeyOrigin origin;
    private final Rollover rollover;
    private final InstantSource clock;
    private final ReentrantLock renewing = new ReentrantLock();
    private volatile Keyring ring;
    private volatile boolean failing;

    private SigningKeys(KeyOrigin origin, Keyring ring, Rollover rollover, InstantSource clock) {
        this.origin = origin;
        this.ring = ring;
        this.rollover = rollover;
        this.clock = clock;
    }

    /**
     * The keys in {@code store}; if there are none, the first is made. Where they are of another algorithm, the next is of
     * this one, and takes over as soon as it may.
     *
     * @param secret what private keys are sealed under in the store, at least 32 bytes
     * @param engines who signs
     * @throws InvalidKeyException if the secret is too short, or another than the one of the keys in the store
     */
    public static SigningKeys open(
            SigningKeyStore store,
            byte[] secret,
            SigningAlgorithm algorithm,
            Rollover rollover,
            Engines engines,
            InstantSource clock)
            throws StoreException, InvalidKeyException {
        StoredKeys stored = new StoredKeys(new KeyVault(store, new Seal(secret), engines), algorithm, rollover, clock);
        return new SigningKeys(stored, stored.first(), rollover, clock);
    }

    /**
     * The keys of a PKCS#12 file, read again when it changes. All are published, and each signs from the usual lead time
     * after its certificate begins to be valid until that of a later certificate does.
     *
     * @param algorithm of the key with the latest certificate
     * @param engines who signs
     * @throws StoreException if the file cannot be read
     * @throws InvalidKeyException if it holds no keys, or one that does not fit, or is opened by another password
     */
    public static SigningKeys inFile(
            Path file,
            char[] password,
            SigningAlgorithm algorithm,
            Rollover rollover,
            Engines engines,
            InstantSource clock)
            throws StoreException, InvalidKeyException {
        KeyFile keys = new KeyFile(file, password, algorithm, rollover.lead(), engines);
        return new SigningKeys(keys, keys.read(), rollover, clock);
    }

    /**
     * Reads what others have made, makes the next key if it is due, and forgets what is no longer needed. To be called
     * every few seconds; does nothing if another thread is at it. A store that is out of reach is logged, once.
     */
    public void tick() {
        if (!renewing.tryLock()) {
            return;
        }
        try {
            ring = origin.renew(ring);
            if (failing) {
                LOG.log(Level.INFO, "The signing keys are within reach again");
                failing = false;
            }
        } catch (StoreException | InvalidKeyException failure) {
            if (!failing) {
                LOG.log(
                        Level.WARNING,
                        "The signing keys cannot be read, those known serve on: {0}",
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
        renewing.lock();
        try {
            Optional<Keyring> rotated = origin.rotate(ring);
            ring = rotated.orElse(ring);
            return rotated.flatMap(keys -> rollover.newest(keys.keys().keySet()))
                    .map(StoredKey::signsFrom);
        } finally {
            renewing.unlock();
        }
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
        return current.ready(signing(current, now)).sign(claims);
    }

    private StoredKey signing(Keyring keys, Instant now) {
        return rollover.signing(keys.keys().keySet(), now).orElseThrow();
    }

    /** The {@code kid} of the key whose turn it is. */
    String signingId() {
        return signing(ring, clock.instant()).id();
    }

    /** The {@code kid} of each key that verifies, the latest last. */
    List<String> ids() {
        return ring.ids();
    }

    /** When another key takes over, whether or not it is there yet; empty where that is not known. */
    Optional<Instant> nextTakeover() {
        Collection<StoredKey> keys = ring.keys().keySet();
        return rollover.nextTakeover(keys, clock.instant())
                .or(() -> rollover.newest(keys).flatMap(origin::successor));
    }

    /** Shows them on JMX as those of that application, until what is returned is run. */
    public Runnable show(String application) {
        return Beans.show("SigningKeys", application, "", new SigningKeysBean(this), SigningKeysMXBean.class);
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
        return ring.isOlderThan(rollover.freshness(), now);
    }

    private void demandFresh(Instant now) throws StoreException {
        if (isStale(now)) {
            throw new StoreException(
                    "the signing keys were not read for " + rollover.freshness(), new IOException("out of reach"));
        }
    }
}
