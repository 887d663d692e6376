package io.mapae.verify;

import io.mapae.jws.Algorithm;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a token must satisfy. Immutable.
 *
 * @param issuer the exact {@code iss}
 * @param audience who must be meant
 * @param algorithms what {@code alg} may say
 * @param types what {@code typ} may say
 * @param times how the times are looked at
 * @param requiredClaims what must be there and not null; whatever the rest of the policy looks at is added: {@code iss},
 *     {@code exp}, the audience's claim, and {@code iat} where an age or lifetime is limited
 * @param demandedValues claims that must have exactly this string, or the token is no access token
 * @param nameClaims the first one that is there names the caller
 * @param maxLength the longest text that is looked at, in characters
 */
public record Policy(
        String issuer,
        Audience audience,
        Set<Algorithm> algorithms,
        Types types,
        Times times,
        Set<String> requiredClaims,
        Map<String, String> demandedValues,
        List<String> nameClaims,
        int maxLength) {

    /** All algorithms whose keys may be published. */
    public static final Set<Algorithm> ASYMMETRIC = EnumSet.allOf(Algorithm.class).stream()
            .filter(algorithm -> !algorithm.isSymmetric())
            .collect(Collectors.toUnmodifiableSet());

    /** @throws IllegalArgumentException if nothing could satisfy the policy */
    public Policy {
        if (issuer.isEmpty() || algorithms.isEmpty() || nameClaims.isEmpty() || maxLength < 1) {
            throw new IllegalArgumentException("a policy needs an issuer, an algorithm, a naming claim and a length");
        }
        algorithms = Set.copyOf(algorithms);
        requiredClaims = withNeeded(requiredClaims, audience, times);
        demandedValues = Map.copyOf(demandedValues);
        nameClaims = List.copyOf(nameClaims);
    }

    /** In an order, so that of several missing claims always the same one is named. */
    private static Set<String> withNeeded(Set<String> required, Audience audience, Times times) {
        Set<String> needed = new LinkedHashSet<>(List.of("iss", "exp"));
        if (!audience.accepted().isEmpty()) {
            needed.add(audience.claim());
        }
        if (times.maxAge().isPresent() || times.maxLifetime().isPresent()) {
            needed.add("iat");
        }
        needed.addAll(required);
        return Collections.unmodifiableSet(needed);
    }

    /**
     * Who must be meant: one of {@code accepted} must stand in {@code claim}.
     *
     * @param accepted empty accepts every token, even one for nobody in particular
     */
    public record Audience(String claim, Set<String> accepted) {
        public Audience {
            accepted = Set.copyOf(accepted);
        }
    }

    /**
     * The accepted values of {@code typ}, compared without case and with {@code application/} left off (RFC 7515
     * §4.1.9).
     *
     * @param absent whether a token without {@code typ} is accepted
     */
    public record Types(Set<String> names, boolean absent) {
        private static final String APPLICATION = "application/";

        /** RFC 8725 §3.11: what was made for another purpose stays out, whatever the settings say. */
        private static final List<String> NEVER =
                List.of("logout+jwt", "dpop+jwt", "rt+jwt", "refresh+jwt", "secevent+jwt", "id_token+jwt");

        /** @throws IllegalArgumentException if a type is among them that is never an access token's */
        public Types {
            names = names.stream().map(Types::canonical).collect(Collectors.toUnmodifiableSet());
            if (!Collections.disjoint(names, NEVER)) {
                throw new IllegalArgumentException("types of access tokens, never " + NEVER);
            }
        }

        boolean admit(Optional<String> type) {
            // Nearly all issuers write it as it is looked for.
            return type.map(name -> names.contains(name) || names.contains(canonical(name)))
                    .orElse(absent);
        }

        static String canonical(String type) {
            String lower = type.toLowerCase(Locale.ROOT);
            return lower.startsWith(APPLICATION) ? lower.substring(APPLICATION.length()) : lower;
        }
    }

    /**
     * How the times are looked at.
     *
     * @param clockSkew how far the issuer's clock may be off, from zero to five minutes
     * @param maxAge how long after {@code iat} a token is taken at the most, where that is limited
     * @param maxLifetime how far {@code exp} may be from {@code iat}, where that is limited
     */
    public record Times(Duration clockSkew, Optional<Duration> maxAge, Optional<Duration> maxLifetime) {
        /** Inclusive. */
        public static final Duration MAX_CLOCK_SKEW = Duration.ofMinutes(5);

        /** @throws IllegalArgumentException if the clock skew is out of its range */
        public Times {
            if (clockSkew.isNegative() || clockSkew.compareTo(MAX_CLOCK_SKEW) > 0) {
                throw new IllegalArgumentException("clock skew must be from PT0S to " + MAX_CLOCK_SKEW);
            }
        }
    }
}
