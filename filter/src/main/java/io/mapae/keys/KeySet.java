package io.mapae.keys;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Header;
import io.mapae.jws.VerificationKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keys that stand side by side, at least one, at most {@value #MAX_KEYS}. Immutable. */
final class KeySet implements KeySource {
    private static final Logger LOG = System.getLogger("io.mapae.keys");

    /** A forged token without a {@code kid} costs at most this many signature checks. */
    static final int MAX_CANDIDATES = 8;

    /** A renewal reads each on the one thread: whoever publishes more errs, or means harm. */
    static final int MAX_KEYS = 1_000;

    private static final int MAX_SHOWN = 64;
    private static final int MAX_TOLD = 8;

    /** A key of the header's own {@code kid} is likelier than one without any. */
    private static final Comparator<VerificationKey> BY_LIKELIHOOD =
            Comparator.comparing(key -> key.id().isEmpty());

    private final List<VerificationKey> keys;
    private final List<String> skipped;

    /** Sorted out beforehand, as every request asks. */
    private final Map<Algorithm, Candidates> candidates = new EnumMap<>(Algorithm.class);

    private KeySet(List<VerificationKey> keys, List<String> skipped) {
        this.keys = keys.stream().sorted(BY_LIKELIHOOD).toList();
        this.skipped = List.copyOf(skipped);
        for (Algorithm algorithm : Algorithm.values()) {
            candidates.put(
                    algorithm,
                    Candidates.of(this.keys.stream()
                            .filter(key -> key.algorithms().contains(algorithm))
                            .toList()));
        }
    }

    /**
     * The keys of one algorithm.
     *
     * @param byId for a token that names one of these ids: the keys of that id, and those without any
     * @param withoutId for a token that names another id
     * @param all for a token that names none
     */
    private record Candidates(
            Map<String, List<VerificationKey>> byId, List<VerificationKey> withoutId, List<VerificationKey> all) {
        static Candidates of(List<VerificationKey> keys) {
            List<VerificationKey> withoutId =
                    keys.stream().filter(key -> key.id().isEmpty()).toList();
            Map<String, List<VerificationKey>> byId = new HashMap<>();
            for (VerificationKey key : keys) {
                key.id()
                        .ifPresent(id -> byId.computeIfAbsent(id, some -> new ArrayList<>())
                                .add(key));
            }
            byId.replaceAll((id, named) -> few(Stream.concat(named.stream(), withoutId.stream())));
            return new Candidates(byId, few(withoutId.stream()), few(keys.stream()));
        }

        private static List<VerificationKey> few(Stream<VerificationKey> keys) {
            return keys.limit(MAX_CANDIDATES).toList();
        }

        List<VerificationKey> of(Optional<String> id) {
            return id.isEmpty() ? all : byId.getOrDefault(id.get(), withoutId);
        }
    }

    /** The set of these keys. */
    static KeySet of(List<VerificationKey> keys) throws InvalidKeyException {
        demandFew(keys);
        return of(keys, List.of(), false);
    }

    /**
     * The set of the keys of a JWK set (RFC 7517 §5) that verify signatures.
     *
     * @param tolerant whether an entry that cannot be read is skipped, as RFC 7517 §5 asks of those who read a
     *     published set, which may hold keys of kinds yet to be invented; and whether of several keys with one
     *     {@code kid} each is tried, which RFC 7517 §4.5 advises issuers against
     * @throws InvalidKeyException if there are too many entries or none is left, or, unless {@code tolerant}, if a secret
     *     stands beside public keys, one {@code kid} names two keys or an entry cannot be read
     */
    static KeySet ofJwks(List<?> entries, boolean tolerant) throws InvalidKeyException {
        demandFew(entries);
        List<VerificationKey> keys = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (Object entry : entries) {
            try {
                Optional<VerificationKey> key = Jwk.read(members(entry));
                if (key.isEmpty()) {
                    skipped.add("a JWK meant for something else than verifying");
                } else if (tolerant && isSecret(key.get())) {
                    skipped.add("an HMAC secret, which is none once it is published");
                } else {
                    keys.add(key.get());
                }
            } catch (InvalidKeyException unreadable) {
                if (!tolerant) {
                    throw unreadable;
                }
                skipped.add(String.valueOf(unreadable.getMessage()));
            }
        }
        return of(keys, skipped, tolerant);
    }

    private static void demandFew(List<?> entries) throws InvalidKeyException {
        if (entries.size() > MAX_KEYS) {
            throw new InvalidKeyException("more than " + MAX_KEYS + " keys");
        }
    }

    private static KeySet of(List<VerificationKey> keys, List<String> skipped, boolean tolerant)
            throws InvalidKeyException {
        if (keys.isEmpty()) {
            throw new InvalidKeyException(
                    "no key that verifies signatures" + (skipped.isEmpty() ? "" : ": " + some(skipped)));
        }
        if (keys.stream().map(KeySet::isSecret).distinct().count() > 1) {
            throw new InvalidKeyException("an HMAC secret beside public keys");
        }
        for (int i = 0; i < keys.size(); i++) {
            if (!tolerant && keys.subList(0, i).stream().anyMatch(keys.get(i)::isMistakenFor)) {
                throw new InvalidKeyException("two keys with the same kid");
            }
        }
        return new KeySet(keys, skipped);
    }

    @SuppressWarnings("unchecked") // Json gives objects no other type
    private static Map<String, @Nullable Object> members(Object entry) throws InvalidKeyException {
        if (!(entry instanceof Map<?, ?> members)) {
            throw new InvalidKeyException("an entry that is no JWK");
        }
        return (Map<String, @Nullable Object>) members;
    }

    /** Whether these are secrets shared with the issuer. */
    boolean isSecret() {
        return isSecret(keys.get(0));
    }

    private static boolean isSecret(VerificationKey key) {
        return key.algorithms().stream().anyMatch(Algorithm::isSymmetric);
    }

    /** Why entries were skipped. */
    List<String> skipped() {
        return skipped;
    }

    /** The {@code kid} of each, fit to be shown; {@code (none)} for a key without. */
    List<String> ids() {
        return keys.stream()
                .map(key -> key.id().map(id -> Download.shown(id, MAX_SHOWN)).orElse("(none)"))
                .toList();
    }

    /** A number that hardly another set has. */
    int print() {
        return keys.stream()
                .mapToInt(key -> Arrays.hashCode(key.key().getEncoded()))
                .sum();
    }

    /** The ids, as many as a line bears. */
    String told() {
        return some(ids()) + (keys.size() > MAX_TOLD ? " and " + (keys.size() - MAX_TOLD) + " more" : "");
    }

    /** Tells whoever wonders why a key does not work. */
    void reportSkipped(String place) {
        if (!skipped.isEmpty()) {
            LOG.log(Level.INFO, "Keys of {0}: {1} of its entries skipped: {2}", place, skipped.size(), some(skipped));
        }
    }

    private static List<String> some(List<String> entries) {
        return entries.subList(0, Math.min(entries.size(), MAX_TOLD));
    }

    @Override
    public List<VerificationKey> candidates(Header header) {
        return Objects.requireNonNull(candidates.get(header.algorithm())).of(header.keyId());
    }

    /** The ids and algorithms, never the keys. */
    @Override
    public String toString() {
        return "KeySet" + keys;
    }
}
