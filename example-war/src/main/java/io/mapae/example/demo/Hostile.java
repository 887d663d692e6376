package io.mapae.example.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** What attackers, clocks and mistakes make of a good token. */
enum Hostile {
    /** A byte of the signature is another one, so that what was signed can still be shown. */
    ALTERED,
    /** The issuer's own, from an hour ago. */
    EXPIRED,
    /** The issuer's own, for another application. */
    AUDIENCE,
    /** {@code alg} is {@code none}, and there is no signature. */
    UNSIGNED;

    private static final long HOUR = 3600;

    /** By its name in lower case. */
    static Optional<Hostile> of(String name) {
        for (Hostile hostile : values()) {
            if (hostile.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(hostile);
            }
        }
        return Optional.empty();
    }

    /** Whether only the issuer could make it. */
    boolean needsKey() {
        return this == EXPIRED || this == AUDIENCE;
    }

    /**
     * That of a good token.
     *
     * @param key the issuer's
     */
    String of(String token, TestKey key) {
        String[] parts = token.split("\\.", -1);
        JsonObject header = object(parts[0]);
        JsonObject claims = object(parts[1]);
        long now = Instant.now().getEpochSecond();
        return switch (this) {
            case ALTERED -> parts[0] + "." + parts[1] + "." + altered(parts[2]);
            case UNSIGNED ->
                text(Json.createObjectBuilder(header).add("alg", "none").build()) + "." + parts[1] + ".";
            case EXPIRED ->
                signed(
                        header,
                        Json.createObjectBuilder(claims)
                                .add("iat", now - 2 * HOUR)
                                .add("exp", now - HOUR)
                                .build(),
                        key);
            case AUDIENCE ->
                signed(
                        header,
                        Json.createObjectBuilder(claims)
                                .add("aud", "https://other.example")
                                .build(),
                        key);
        };
    }

    private static String signed(JsonObject header, JsonObject claims, TestKey key) {
        return TokenBuilder.signedBy(key)
                .rawHeader(header.toString())
                .rawPayload(claims.toString())
                .text();
    }

    /**
     * In the middle: the last may be of no weight in base64. To a digit: of a header that differs from the one before on the
     * same connection by the case of letters alone, Jetty 12.0 gives the one before.
     */
    private static String altered(String part) {
        int middle = part.length() / 2;
        char other = part.charAt(middle) == '0' ? '1' : '0';
        return part.substring(0, middle) + other + part.substring(middle + 1);
    }

    private static JsonObject object(String part) {
        byte[] bytes = Base64.getUrlDecoder().decode(part);
        try (JsonReader json = Json.createReader(new ByteArrayInputStream(bytes))) {
            return json.readObject();
        }
    }

    private static String text(JsonObject object) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(object.toString().getBytes(UTF_8));
    }
}
