package io.mapae.config;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Header;
import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeyLocation;
import io.mapae.keys.KeySource;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.InvalidKeyException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings that say where keys come from, and which algorithms they leave. */
record KeySettings(Values values, ClassLoader classes, InstantSource clock) {
    private record Kind(Setting<String> setting, KeyFormat format) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(Settings.PUBLIC_KEY, KeyFormat.PUBLIC_KEY),
            new Kind(Settings.JWKS_URI, KeyFormat.JWK_SET),
            new Kind(Settings.SECRET, KeyFormat.SECRET));

    /** The keys; empty after a problem. A secret beside public keys would let a published key be used as a secret. */
    Optional<KeySource> keys() {
        List<Kind> given =
                KINDS.stream().filter(kind -> values.isSet(kind.setting())).toList();
        if (given.isEmpty()) {
            values.problem(Settings.PUBLIC_KEY, "required, or jwks-uri, or secret");
            return Optional.empty();
        }
        Kind first = given.get(0);
        given.stream()
                .skip(1)
                .forEach(second -> values.problem(
                        second.setting(), "never beside " + first.setting().name() + ": keys come from one place"));
        return values.get(first.setting()).flatMap(location -> open(first, location));
    }

    private Optional<KeySource> open(Kind kind, String location) {
        try {
            return Optional.of(KeyLocation.open(location, kind.format(), classes, clock));
        } catch (NoSuchFileException missing) {
            values.problem(kind.setting(), location + ": no such file");
        } catch (IOException | InvalidKeyException unusable) {
            String place = KeyLocation.isReference(location) ? location + ": " : "";
            values.problem(kind.setting(), place + unusable.getMessage());
        }
        return Optional.empty();
    }

    /** The algorithms that are named, or all that the keys leave; whatever is named must be among these. */
    Set<Algorithm> algorithms(KeySource keys) {
        boolean secret = values.isSet(Settings.SECRET);
        Set<Algorithm> possible = EnumSet.allOf(Algorithm.class);
        possible.removeIf(algorithm -> algorithm.isSymmetric() != secret || (secret && !hasKey(keys, algorithm)));
        Set<Algorithm> named = values.get(Settings.ALGORITHMS).orElse(possible);
        if (!possible.containsAll(named)) {
            values.problem(
                    Settings.ALGORITHMS,
                    "expected some of " + possible + (secret ? ", for which the secret is long enough" : ""));
        }
        return named;
    }

    private static boolean hasKey(KeySource keys, Algorithm algorithm) {
        try {
            return !keys.candidates(new Header(algorithm, Optional.empty(), Optional.empty()))
                    .isEmpty();
        } catch (IOException outOfReach) {
            return false;
        }
    }
}
