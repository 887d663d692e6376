package io.mapae.jws;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Who does an algorithm right, by signatures of which all is known, and who of those does it soonest. */
final class Trial {
    private static final int ROUNDS = 25;
    private static final long BUDGET_NANOS = 10_000_000;

    private final Algorithm algorithm;
    private final KnownAnswer known;
    private final LongSupplier nanos;

    Trial(Algorithm algorithm, KnownAnswer known, LongSupplier nanos) {
        this.algorithm = algorithm;
        this.known = known;
        this.nanos = nanos;
    }

    /** The provider's way of doing it; empty where it does not, or not right. */
    Optional<ProviderEngine> engine(FastProvider provider) {
        try {
            Optional<ProviderEngine> engine = ProviderEngine.of(provider, algorithm);
            return engine.isPresent() && isRight(engine.get()) ? engine : Optional.empty();
        } catch (GeneralSecurityException | IOException | RuntimeException | LinkageError | AssertionError outOfOrder) {
            return Optional.empty();
        }
    }

    private boolean isRight(ProviderEngine engine) throws GeneralSecurityException, IOException {
        Optional<Key> key = engine.prepare(known.key());
        if (key.isEmpty() || !engine.verifies(known.signature(), key.get(), known.input())) {
            return false;
        }
        for (byte[] forged : forgeries()) {
            if (!refuses(engine, forged, key.get(), known.input())) {
                return false;
            }
        }
        return refuses(engine, known.signature(), key.get(), altered(known.input(), 0));
    }

    /** A provider that answered these with anything else than a refusal could be made to fail by anybody's token. */
    private List<byte[]> forgeries() {
        byte[] good = known.signature();
        byte[] ones = new byte[good.length];
        Arrays.fill(ones, (byte) 0xFF);
        return List.of(altered(good, 0), altered(good, good.length - 1), new byte[good.length], ones);
    }

    private static boolean refuses(Engine engine, byte[] signature, Key key, byte[] input)
            throws GeneralSecurityException, IOException {
        try {
            return !engine.verifies(signature, key, input);
        } catch (SignatureException malformed) {
            return true;
        }
    }

    private static byte[] altered(byte[] bytes, int index) {
        byte[] altered = bytes.clone();
        altered[index] ^= 1;
        return altered;
    }

    /**
     * The one of them that is faster than the JDK and the others; empty where the JDK is, and where the JDK itself is not
     * right, so that nothing could be compared with it.
     */
    Optional<ProviderEngine> fastest(List<ProviderEngine> engines) {
        Map<ProviderEngine, Key> keys = new LinkedHashMap<>();
        engines.forEach(engine -> engine.prepare(known.key()).ifPresent(key -> keys.put(engine, key)));
        Map<ProviderEngine, Long> best = new LinkedHashMap<>();
        long jdk = Long.MAX_VALUE;
        long begin = nanos.getAsLong();
        // In turn, so that what else the machine does meets all of them; what it does least shows in the minimum.
        for (int round = 0; round < ROUNDS && nanos.getAsLong() - begin < BUDGET_NANOS; round++) {
            jdk = Math.min(jdk, jdkTime());
            keys.forEach((engine, key) -> best.merge(engine, time(engine, key), Math::min));
        }
        long bound = jdk;
        return keys.keySet().stream()
                .filter(engine -> best.getOrDefault(engine, Long.MAX_VALUE) < bound)
                .min(Comparator.comparing(best::get));
    }

    private long jdkTime() {
        long begin = nanos.getAsLong();
        if (!algorithm.verifies(known.signature(), known.key(), known.input())) {
            return Long.MIN_VALUE; // nobody is faster
        }
        return nanos.getAsLong() - begin;
    }

    private long time(Engine engine, Key key) {
        long begin = nanos.getAsLong();
        try {
            return engine.verifies(known.signature(), key, known.input()) ? nanos.getAsLong() - begin : Long.MAX_VALUE;
        } catch (GeneralSecurityException | IOException | RuntimeException | LinkageError | AssertionError failure) {
            return Long.MAX_VALUE;
        }
    }
}
