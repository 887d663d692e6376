package io.mapae.keys;

import static io.mapae.keys.Vectors.map;
import static io.mapae.keys.Vectors.maps;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.jws.AnyJws;
import io.mapae.jws.Engines;
import io.mapae.jws.Fast;
import io.mapae.jws.SignedToken;
import io.mapae.jws.TokenReader;
import java.security.InvalidKeyException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 7515, RFC 7520, RFC 7797 and RFC 8037, and Wycheproof's, through keys and tokens as we read them. */
class VectorsTest {
    private static final String GOOD = "valid";
    private static final String BAD = "invalid";

    /** Before each test, as a class skipped as a whole is not reported. */
    @BeforeEach
    void areThere() {
        Vectors.assumed();
    }

    // the RFCs

    private static Map<String, Object> example(String id) {
        return Vectors.array("jws-compact-rfc-examples.json").stream()
                .filter(example -> id.equals(example.get("id")))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}: {1} {2}, claims: {3}")
    @CsvSource({
        "rfc7515-A1, HS256, , read",
        "rfc7515-A2, RS256, , read",
        "rfc7515-A3, ES256, , read",
        "rfc7515-A4, ES512, , NOT_JSON",
        "4_1.rsa_v15_signature.json, RS256, bilbo.baggins@hobbiton.example, NOT_JSON",
        "4_2.rsa-pss_signature.json, PS384, bilbo.baggins@hobbiton.example, NOT_JSON",
        "4_3.ecdsa_signature.json, ES512, bilbo.baggins@hobbiton.example, NOT_JSON",
        "4_4.hmac-sha2_integrity_protection.json, HS256, 018c0ae5-4d9b-471b-bfd6-eef314bc7037, NOT_JSON",
        "jws.json, EdDSA, , NOT_JSON",
    })
    void verifiesTheCompactExamplesOfTheRfcs(String id, String algorithm, @Nullable String keyId, String claims)
            throws Exception {
        Map<String, Object> example = example(id);
        String text = String.valueOf(example.get("compact"));
        KeySet keys = verifying(map(example.get("key")));
        SignedToken token = Texts.token(text);

        assertThat(token.header().algorithm()).hasToString(algorithm);
        assertThat(token.header().keyId().orElse(null)).isEqualTo(keyId);
        assertThat(Texts.verifies(keys, token)).isTrue();
        assertThat(token.claims().<String>fold(read -> "read", (flaw, member) -> flaw.name()))
                .isEqualTo(claims);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "rfc7515-A1",
                "rfc7515-A2",
                "rfc7515-A3",
                "rfc7515-A4",
                "4_1.rsa_v15_signature.json",
                "4_2.rsa-pss_signature.json",
                "4_3.ecdsa_signature.json",
                "4_4.hmac-sha2_integrity_protection.json",
                "jws.json"
            })
    void refusesTheExamplesOnceAltered(String id) throws Exception {
        Map<String, Object> example = example(id);
        String text = String.valueOf(example.get("compact"));
        KeySet keys = verifying(map(example.get("key")));
        int altered = 0;
        for (int i = 0; i < text.length(); i += 7) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            if (text.charAt(i) != '.') {
                assertThat(judge(keys, text.substring(0, i) + other + text.substring(i + 1)))
                        .as("character %s", i)
                        .isEqualTo(BAD);
                altered++;
            }
        }
        assertThat(altered).isGreaterThan(10);
    }

    /** What is no compact JWS of ours: detached, of several signatures, unprotected, or with its payload not encoded. */
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "cookbook/jws/4_5.signature_with_detached_content.json, compact, NOT_COMPACT",
        "cookbook/jws/4_5.signature_with_detached_content.json, json_flat, NOT_COMPACT",
        "cookbook/jws/4_6.protecting_specific_header_fields.json, json, NOT_COMPACT",
        "cookbook/jws/4_7.protecting_content_only.json, json_flat, NOT_COMPACT",
        "cookbook/jws/4_8.multiple_signatures.json, json, NOT_COMPACT",
        "cookbook/rfc7797/4.2.hmac-sha2_b64_false.json, json_flat, NOT_COMPACT",
    })
    void readsNoOtherForm(String file, String form, String flaw) {
        Object output = map(Vectors.object(file).get("output")).get(form);
        assertThat(flaw(output instanceof String compact ? compact : JsonUtil.toJson(map(output))))
                .isEqualTo(flaw);
    }

    @Test
    void readsNoPayloadThatIsNotEncoded() {
        Map<String, Object> example = Vectors.object("cookbook/rfc7797/4.2.hmac-sha2_b64_false.json");
        Map<String, Object> signing = map(example.get("signing"));
        String header = String.valueOf(signing.get("protected_b64u"));
        assertThat(flaw(header + ".JC4wMg." + signing.get("sig"))).isEqualTo("UNSUPPORTED_HEADER b64");
    }

    private static String flaw(String text) {
        return new TokenReader().read(text).fold(token -> "read", (flaw, member) -> (flaw + " " + member).strip());
    }

    // Wycheproof

    /**
     * Where Wycheproof and we differ. 346, 350: Figure 20 of RFC 7520 is PS384, under a JWK that says PS256 (RFC 8725 §3.1).
     * 347, 351: there is no ES521, which the JWK claims. 367, 370: nothing is wrong with the text, whose padding was lost
     * on the way into the file. 372, 373: the same text with a {@code ?} in it, which RFC 7515 §2 does not allow.
     */
    private static final Map<Long, String> OUR_VIEW = Map.ofEntries(
            entry(346L, BAD),
            entry(347L, BAD),
            entry(350L, BAD),
            entry(351L, BAD),
            entry(367L, GOOD),
            entry(370L, GOOD),
            entry(372L, BAD),
            entry(373L, BAD));

    @Test
    void agreesWithWycheproofOnSignatures() {
        Map<Long, String> differences = new TreeMap<>();
        assertThat(run("wycheproof/json_web_signature_test.json", Engines.jdk(), differences))
                .isEqualTo(401);
        assertThat(differences).containsExactlyInAnyOrderEntriesOf(OUR_VIEW);
    }

    @ParameterizedTest
    @EnumSource
    void agreesWithWycheproofByAFastProvider(Fast fast) {
        Engines engines = fast.engines();
        Map<Long, String> differences = new TreeMap<>();
        assertThat(run("wycheproof/json_web_signature_test.json", engines, differences))
                .isEqualTo(401);
        assertThat(differences).containsExactlyInAnyOrderEntriesOf(OUR_VIEW);
        assertThat(engines).as("and it is not dropped").hasToString(fast.all());
    }

    /** 7 is signed by a ROCA key (CVE-2017-15361), which only its fingerprint tells from a good one. */
    @Test
    void agreesWithWycheproofOnKeySets() {
        Map<Long, String> differences = new TreeMap<>();
        assertThat(run("wycheproof/json_web_key_test.json", Engines.jdk(), differences))
                .isEqualTo(26);
        assertThat(differences).containsExactly(entry(7L, GOOD));
    }

    @Test
    void differsFromWycheproofForTheseReasons() {
        Map<Long, String> texts = new HashMap<>();
        tests("wycheproof/json_web_signature_test.json")
                .forEach(test -> texts.put(
                        (Long) test.test().get("tcId"),
                        String.valueOf(test.test().get("jws"))));
        assertThat(texts.get(367L))
                .isEqualTo(texts.get(370L))
                .isEqualTo(String.valueOf(texts.get(372L)).replace("?", ""))
                .isEqualTo(String.valueOf(texts.get(373L)).replace("?", ""));
        assertThat(texts.get(372L)).contains("?");
        assertThat(texts.get(373L)).contains("?");
    }

    private record Vector(Map<String, Object> group, Map<String, Object> test) {}

    private static Stream<Vector> tests(String file) {
        return maps(Vectors.object(file).get("testGroups")).stream()
                .flatMap(group -> maps(group.get("tests")).stream().map(test -> new Vector(group, test)));
    }

    /** How many tests there are; {@code differences} gets our result where it is another one. */
    private static long run(String file, Engines engines, Map<Long, String> differences) {
        List<Vector> tests = tests(file).toList();
        for (Vector test : tests) {
            String ours = result(test, engines);
            if (!ours.equals(test.test().get("result"))) {
                differences.put((Long) test.test().get("tcId"), ours);
            }
        }
        return tests.size();
    }

    private static String result(Vector vector, Engines engines) {
        Object key = vector.group().get("public");
        try {
            KeySet keys = key != null
                    ? KeyFormat.JWK_SET.read(JsonUtil.toJson(map(key)))
                    : KeyFormat.SECRET.read(JsonUtil.toJson(map(vector.group().get("private"))));
            return vector.test().get("jws") instanceof String text ? judge(keys, text, engines) : BAD;
        } catch (InvalidKeyException refused) {
            return BAD;
        }
    }

    private static String judge(KeySet keys, String text) {
        return judge(keys, text, Engines.jdk());
    }

    private static String judge(KeySet keys, String text, Engines engines) {
        return AnyJws.read(text)
                .fold(token -> Texts.verifies(keys, token, engines) ? GOOD : BAD, (flaw, member) -> BAD);
    }

    /** The examples come with private keys, of which a verifier gets the public half. */
    private static KeySet verifying(Map<String, Object> jwk) throws InvalidKeyException {
        Map<String, Object> half = new HashMap<>(jwk);
        List.of("d", "p", "q", "dp", "dq", "qi").forEach(half::remove);
        return ("oct".equals(jwk.get("kty")) ? KeyFormat.SECRET : KeyFormat.PUBLIC_KEY).read(JsonUtil.toJson(half));
    }
}
