package io.mapae.jws;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.SignatureException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Who checks, and makes, the signatures of which algorithm in one application: the JDK, unless a faster provider was chosen for
 * it at the start. Keyed hashes are always the JDK's. A provider that fails later is dropped, and its signature is
 * checked again by the JDK. Safe for use by several threads, none of which waits for another.
 */
public final class Engines {
    private static final Logger LOG = System.getLogger("io.mapae.jws");
    private static final Engines JDK = new Engines(Map.of(), Set.of());

    private final Map<Algorithm, ProviderEngine> chosen;
    private final Set<Algorithm> tried;

    private Engines(Map<Algorithm, ProviderEngine> chosen, Set<Algorithm> tried) {
        this.chosen = chosen;
        this.tried = tried;
    }

    /** The JDK's alone. */
    public static Engines jdk() {
        return JDK;
    }

    /**
     * Tries the providers: the one that somebody named for being right alone, others for being faster than the JDK too. Of each
     * algorithm the race with the JDK ends soon after 10 ms, or sooner; known answers, and whatever is loaded for the first time, come
     * beside that. Tells the outcome in one line. Where there are no providers, nothing is done.
     *
     * @throws IllegalStateException if the JDK refuses a signature that is good, so that there is nothing to compare with
     */
    public static Engines choose(Providers providers, Set<Algorithm> algorithms) {
        return choose(providers, algorithms, System::nanoTime); // the time of day may be set back in between
    }

    static Engines choose(Providers providers, Set<Algorithm> algorithms, LongSupplier nanos) {
        Set<Algorithm> tried = EnumSet.noneOf(Algorithm.class);
        algorithms.stream().filter(algorithm -> !algorithm.isSymmetric()).forEach(tried::add);
        if (providers.all().isEmpty() || tried.isEmpty()) {
            return JDK;
        }
        Map<Algorithm, ProviderEngine> chosen = new EnumMap<>(Algorithm.class);
        KnownAnswer.of(tried).forEach((algorithm, known) -> {
            Trial trial = new Trial(algorithm, known, nanos);
            List<ProviderEngine> right = providers.all().stream()
                    .flatMap(provider -> trial.engine(provider).stream())
                    .toList();
            Optional<ProviderEngine> best =
                    providers.isChosen() ? right.stream().findFirst() : trial.fastest(right);
            best.ifPresent(engine -> chosen.put(algorithm, engine));
        });
        Engines engines = new Engines(chosen, tried);
        LOG.log(
                Level.INFO,
                "Signatures are left to {0}",
                engines.toString()); // as text, for logs that keep what they get
        return engines;
    }

    /** Whether {@code signature} is {@code key}'s over {@code input}; the key must {@linkplain Algorithm#fitting fit}. */
    boolean verifies(Algorithm algorithm, byte[] signature, VerificationKey key, byte[] input) {
        ProviderEngine engine = chosen.get(algorithm);
        if (engine != null && !engine.isDropped()) {
            Optional<Key> prepared = key.preparedBy(engine);
            if (prepared.isPresent()) {
                return algorithm.isOfLength(signature, key.key())
                        && verifies(algorithm, engine, signature, prepared.get(), key, input);
            }
        }
        return algorithm.verifies(signature, key.key(), input);
    }

    private static boolean verifies(
            Algorithm algorithm,
            ProviderEngine engine,
            byte[] signature,
            Key prepared,
            VerificationKey key,
            byte[] input) {
        try {
            return engine.verifies(signature, prepared, input);
        } catch (Exception | LinkageError | AssertionError failure) {
            // Of errors these are the provider's: no library or another one, or native code that did what its Java code
            // rules out.
            boolean good = algorithm.verifies(signature, key.key(), input);
            if (good || !(failure instanceof SignatureException)) {
                engine.drop(failure);
            }
            return good;
        }
    }

    /**
     * Signs with a key, translated once, where a provider was chosen for its algorithm and makes signatures with it that the
     * JDK finds good; else, and once that provider fails, leaves it to {@code jdk}.
     *
     * @param key the private half
     * @param verification the other
     */
    public Signer signer(Algorithm algorithm, PrivateKey key, VerificationKey verification, Signer jdk) {
        ProviderEngine engine = chosen.get(algorithm);
        if (engine == null || engine.isDropped()) {
            return jdk;
        }
        return engine.prepare(key)
                .filter(prepared -> isProven(algorithm, engine, prepared, verification))
                .<Signer>map(prepared -> input -> sign(engine, prepared, input, jdk))
                .orElse(jdk);
    }

    private static byte[] sign(ProviderEngine engine, Key prepared, byte[] input, Signer jdk)
            throws GeneralSecurityException {
        if (!engine.isDropped()) {
            try {
                return engine.sign(prepared, input);
            } catch (Exception | LinkageError | AssertionError failure) {
                engine.drop(failure);
            }
        }
        return jdk.sign(input);
    }

    private static boolean isProven(
            Algorithm algorithm, ProviderEngine engine, Key prepared, VerificationKey verification) {
        byte[] probe = new byte[1];
        try {
            return algorithm.verifies(engine.sign(prepared, probe), verification.key(), probe);
        } catch (Exception | LinkageError | AssertionError unfit) {
            return false;
        }
    }

    /** Who does what, now. */
    @Override
    public String toString() {
        Map<String, Set<Algorithm>> shares = new TreeMap<>();
        for (Algorithm algorithm : tried) {
            ProviderEngine engine = chosen.get(algorithm);
            String name = engine == null || engine.isDropped()
                    ? "the JDK"
                    : engine.maker().toString();
            shares.computeIfAbsent(name, first -> EnumSet.noneOf(Algorithm.class))
                    .add(algorithm);
        }
        return shares.isEmpty()
                ? "the JDK"
                : shares.entrySet().stream()
                        .map(share -> share.getKey() + " " + share.getValue())
                        .collect(Collectors.joining(", "));
    }
}
