package io.mapae.testkit;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The verifier that {@link Hostile} has in mind: says ACCEPTED or the first reason against a token. */
final class StrictVerifier {
    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519");
    private static final BigDecimal YEAR_9999 = new BigDecimal("253402300799");

    private final TestKey key;
    private final boolean keyBoundToAlgorithm;
    private final BigDecimal now;

    StrictVerifier(TestKey key, boolean keyBoundToAlgorithm, Instant now) {
        this.key = key;
        this.keyBoundToAlgorithm = keyBoundToAlgorithm;
        this.now = BigDecimal.valueOf(now.getEpochSecond());
    }

    String verdict(String token) {
        try {
            verify(token);
            return "ACCEPTED";
        } catch (Refused refused) {
            return refused.reason;
        }
    }

    private void verify(String token) throws Refused {
        refuse(token.length() > 8192, "TOKEN_TOO_LONG");
        String[] parts = token.split("\\.", -1);
        refuse(parts.length != 3 || List.of(parts).contains(""), "NOT_COMPACT");
        byte[] headerBytes = decoded(parts[0]);
        byte[] payloadBytes = decoded(parts[1]);
        byte[] signature = decoded(parts[2]);
        Map<String, Object> header = json(headerBytes);
        String algorithm = checkedAlgorithm(header);
        boolean fits = keyBoundToAlgorithm ? algorithm.equals(key.algorithm()) : algorithm.matches("[RP]S.*");
        refuse(!fits || !key.keyId().equals(header.getOrDefault("kid", key.keyId())), "NO_MATCHING_KEY");
        byte[] input = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        refuse(!verifies(algorithm, input, signature), "BAD_SIGNATURE");
        claims(json(payloadBytes), "at+jwt".equals(header.get("typ")));
    }

    private static String checkedAlgorithm(Map<String, Object> header) throws Refused {
        for (String member : List.of("crit", "b64", "zip", "cty")) {
            refuse(header.containsKey(member), "UNSUPPORTED_HEADER");
        }
        String algorithm = string(header.get("alg"), "BAD_HEADER");
        String typ = string(header.getOrDefault("typ", "JWT"), "BAD_HEADER").toLowerCase(Locale.ROOT);
        refuse(string(header.getOrDefault("kid", ""), "BAD_HEADER").length() > 1024, "BAD_HEADER");
        refuse(!ALGORITHMS.contains(algorithm), "ALGORITHM_NOT_ALLOWED");
        refuse(!Set.of("at+jwt", "jwt").contains(typ), "TYPE_NOT_ALLOWED");
        return algorithm;
    }

    private void claims(Map<String, Object> claims, boolean typedAccessToken) throws Refused {
        for (String claim : List.of("iss", "aud", "exp", "sub")) {
            refuse(!claims.containsKey(claim), "CLAIM_MISSING");
        }
        String issuer = string(claims.get("iss"), "CLAIM_ILL_TYPED");
        String name = string(claims.get("sub"), "CLAIM_ILL_TYPED");
        refuse(!issuer.equals("https://issuer.example"), "WRONG_ISSUER");
        refuse(!audience(claims.get("aud")).contains("https://api.example"), "WRONG_AUDIENCE");
        refuse(time(claims, "exp", now).add(BigDecimal.TEN).compareTo(now) <= 0, "EXPIRED");
        refuse(time(claims, "nbf", now).subtract(BigDecimal.TEN).compareTo(now) > 0, "NOT_YET_VALID");
        refuse(time(claims, "iat", now).subtract(BigDecimal.TEN).compareTo(now) > 0, "ISSUED_IN_FUTURE");
        refuse(name.isBlank() || name.chars().anyMatch(c -> Character.isISOControl(c)), "BAD_NAME");
        refuse(!StandardCharsets.UTF_8.newEncoder().canEncode(name), "BAD_NAME");
        refuse(claims.containsKey("cnf"), "PROOF_REQUIRED");
        refuse(
                Set.of("ID", "Refresh", "Offline", "Logout").contains(claims.getOrDefault("typ", "")),
                "NOT_AN_ACCESS_TOKEN");
        boolean scoped = claims.containsKey("scope") || claims.containsKey("scp");
        boolean idToken = claims.containsKey("at_hash")
                || claims.containsKey("c_hash")
                || (claims.containsKey("nonce") && !scoped);
        refuse(idToken && !typedAccessToken, "NOT_AN_ACCESS_TOKEN");
    }

    private static String string(@Nullable Object value, String reason) throws Refused {
        if (value instanceof String text) {
            return text;
        }
        throw new Refused(reason);
    }

    private static List<?> audience(@Nullable Object value) throws Refused {
        if (value instanceof String one) {
            return List.of(one);
        }
        if (value instanceof List<?> all && all.stream().allMatch(String.class::isInstance)) {
            return all;
        }
        throw new Refused("CLAIM_ILL_TYPED");
    }

    private static BigDecimal time(Map<String, Object> claims, String name, BigDecimal otherwise) throws Refused {
        if (claims.getOrDefault(name, otherwise) instanceof BigDecimal time
                && time.signum() >= 0
                && time.compareTo(YEAR_9999) <= 0) {
            return time;
        }
        throw new Refused("CLAIM_ILL_TYPED");
    }

    private boolean verifies(String algorithm, byte[] input, byte[] signature) {
        int bits = Integer.parseInt(algorithm.substring(2));
        try {
            Signature engine =
                    Signature.getInstance(algorithm.startsWith("P") ? "RSASSA-PSS" : "SHA" + bits + "withRSA");
            if (algorithm.startsWith("P")) {
                MGF1ParameterSpec mask = new MGF1ParameterSpec("SHA-" + bits);
                engine.setParameter(new PSSParameterSpec("SHA-" + bits, "MGF1", mask, bits / 8, 1));
            }
            engine.initVerify(key.publicKey());
            engine.update(input);
            return signature.length == 256 && engine.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] decoded(String part) throws Refused {
        refuse(!part.matches("[A-Za-z0-9_-]+"), "NOT_BASE64URL");
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            refuse(
                    !Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(part),
                    "NOT_BASE64URL");
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new Refused("NOT_BASE64URL");
        }
    }

    private static Map<String, Object> json(byte[] bytes) throws Refused {
        try {
            return StrictJson.object(bytes);
        } catch (IllegalArgumentException e) {
            throw new Refused("NOT_JSON");
        }
    }

    private static void refuse(boolean fault, String reason) throws Refused {
        if (fault) {
            throw new Refused(reason);
        }
    }

    private static final class Refused extends Exception {
        private final String reason;

        Refused(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
