package io.mapae.testkit;

import java.util.List;
import java.util.stream.Stream;

/** Entries of a JWK set that a client must pass over to get at the good ones (RFC 7517 §5). */
final class MalformedEntries {
    private MalformedEntries() {}

    /** A JWK set of these keys in their order, with all malformed entries before the first and after each. */
    static String among(TestKey... keys) {
        String malformed = String.join(",", all());
        Stream<String> others = Stream.of(keys).map(key -> key.publicJwk() + "," + malformed);
        return "{\"keys\":["
                + String.join(",", Stream.concat(Stream.of(malformed), others).toList()) + "]}";
    }

    static List<String> all() {
        TestKey rsa = TestKey.otherRsa();
        return List.of(
                "\"not an object\"",
                "{\"kty\":\"unknown\",\"kid\":\"unknown-kty\"}",
                "{\"kty\":\"EC\",\"kid\":\"unknown-crv\",\"crv\":\"P-999\",\"x\":\"AQ\",\"y\":\"AQ\"}",
                "{\"kid\":\"no-kty\"}",
                "{\"kty\":\"RSA\",\"kid\":\"no-modulus\",\"e\":\"AQAB\"}",
                rsa.publicJwk().replace("\"kid\":\"rsa-other\"", "\"kid\":42"),
                // whole but for its use, so that its tokens would verify
                rsa.withKeyId("encryption").publicJwk().replace("\"use\":\"sig\"", "\"use\":\"enc\""));
    }
}
