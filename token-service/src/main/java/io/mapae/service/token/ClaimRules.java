package io.mapae.service.token;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an application may add to its tokens. */
final class ClaimRules {
    /** What the service writes, and what else decides how a token is judged (RFC 7519 §4.1, 7800, 8693, 9068). */
    private static final Set<String> RESERVED = Set.of(
            "iss",
            "sub",
            "aud",
            "exp",
            "nbf",
            "iat",
            "jti",
            "client_id",
            "azp",
            "groups",
            "scope",
            "scp",
            "sid",
            "cnf",
            "act",
            "may_act",
            "token_use");

    /** A name that has one of these in it names a secret, or says something of one. */
    private static final List<String> PARTS =
            List.of("password", "passwd", "passphrase", "privatekey", "credential", "apikey");

    /** {@code secretary} is none. */
    private static final List<String> ENDS = List.of("secret", "secrets", "pwd");

    private static final Set<String> WHOLE = Set.of("pin", "pins", "pincode", "otp", "totp", "cvv", "cvc");

    /** What our own verifier reads, and others may be as strict. */
    private static final int MAX_DEPTH = 15;

    private static final int MAX_MEMBERS = 256;
    private static final int MAX_NUMBER_LENGTH = 32;

    private ClaimRules() {}

    /** @throws RefusedClaimException if a claim, at any depth, may not be in a token */
    static void check(Map<String, ? extends @Nullable Object> claims) {
        for (Map.Entry<String, ? extends @Nullable Object> claim : claims.entrySet()) {
            if (RESERVED.contains(claim.getKey())) {
                throw new RefusedClaimException(claim.getKey(), "the service's own");
            }
            check(claim.getKey(), claim.getValue(), MAX_DEPTH);
        }
    }

    private static void check(String name, @Nullable Object value, int depth) {
        if (isSecret(name)) {
            throw new RefusedClaimException(name, "whoever holds a token can read it, so no secret may be in it");
        }
        objection(name, value, depth).ifPresent(reason -> {
            throw new RefusedClaimException(name, reason);
        });
    }

    private static Optional<String> objection(String name, @Nullable Object value, int depth) {
        if (value == null || value instanceof Boolean) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return isWellFormed(text) ? Optional.empty() : Optional.of("half a character");
        }
        if (value instanceof Number number) {
            return isWritable(number) ? Optional.empty() : Optional.of("a number that JSON has none for, or too long");
        }
        if (depth == 0) {
            return Optional.of("nested too deeply");
        }
        if (value instanceof List<?> list) {
            list.forEach(element -> check(name, element, depth - 1));
            return Optional.empty();
        }
        if (value instanceof Map<?, ?> map) {
            return objection(map, depth);
        }
        return Optional.of("neither a string, a number, a boolean, a list, a map nor null");
    }

    private static Optional<String> objection(Map<?, ?> map, int depth) {
        if (map.size() > MAX_MEMBERS) {
            return Optional.of("more than " + MAX_MEMBERS + " members");
        }
        for (Map.Entry<?, ?> member : map.entrySet()) {
            if (!(member.getKey() instanceof String name)) {
                return Optional.of("a map whose keys are not strings");
            }
            check(name, member.getValue(), depth - 1);
        }
        return Optional.empty();
    }

    private static boolean isSecret(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        return WHOLE.contains(letters)
                || PARTS.stream().anyMatch(letters::contains)
                || ENDS.stream().anyMatch(letters::endsWith);
    }

    /** UTF-8 has nothing for one half of a surrogate pair. */
    private static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(character -> character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
    }

    private static boolean isWritable(Number number) {
        boolean known = number instanceof Byte
                || number instanceof Short
                || number instanceof Integer
                || number instanceof Long
                || number instanceof BigInteger
                || number instanceof BigDecimal
                || (number instanceof Float single && Float.isFinite(single))
                || (number instanceof Double real && Double.isFinite(real));
        return known && number.toString().length() <= MAX_NUMBER_LENGTH;
    }
}
