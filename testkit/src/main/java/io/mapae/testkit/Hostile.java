package io.mapae.testkit;

import static io.mapae.testkit.Forgery.attacker;
import static io.mapae.testkit.Forgery.certificate;
import static io.mapae.testkit.Forgery.deep;
import static io.mapae.testkit.Forgery.filled;
import static io.mapae.testkit.Forgery.flipped;
import static io.mapae.testkit.Forgery.header;
import static io.mapae.testkit.Forgery.headerBytes;
import static io.mapae.testkit.Forgery.inserted;
import static io.mapae.testkit.Forgery.latin;
import static io.mapae.testkit.Forgery.longNumber;
import static io.mapae.testkit.Forgery.mac;
import static io.mapae.testkit.Forgery.manyMembers;
import static io.mapae.testkit.Forgery.mixed;
import static io.mapae.testkit.Forgery.parts;
import static io.mapae.testkit.Forgery.payload;
import static io.mapae.testkit.Forgery.payloadBytes;
import static io.mapae.testkit.Forgery.sealed;
import static io.mapae.testkit.Forgery.signature;
import static io.mapae.testkit.Forgery.sized;
import static io.mapae.testkit.Forgery.stolen;
import static io.mapae.testkit.Forgery.trailingBits;
import static io.mapae.testkit.Forgery.withSignature;

import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * Tokens that a strict verifier refuses, each with the name of the reason.
 *
 * <p>The verifier in mind trusts one RSA key of 2048 bits and its key id, allows every asymmetric algorithm, the
 * {@code typ} {@code at+jwt}, {@code JWT} or none, and 8192 characters, and expects {@link TokenBuilder#ISSUER} and
 * {@link TokenBuilder#AUDIENCE} with a clock skew far below an hour. It looks, in this order, at the length, the parts,
 * the base64url, the header's JSON, its {@code crit}, {@code b64}, {@code zip} and {@code cty}, the types of its
 * members, the algorithm, the {@code typ}, the keys, the signature, and only then at the payload. Each token has one
 * fault, or its later faults cannot be seen by such a verifier. Thread-safe.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas hold nothing
public enum Hostile {

    // the length

    /** Valid but for its 8193 characters. */
    TOO_LONG("TOKEN_TOO_LONG", (base, key) -> base.text(8193)),

    // three non-empty parts

    /** No characters at all. */
    EMPTY_TEXT("NOT_COMPACT", (base, key) -> ""),
    /** The payload alone. */
    ONE_PART("NOT_COMPACT", (base, key) -> parts(base)[1]),
    /** Header and payload, without the dot of a signature. */
    TWO_PARTS("NOT_COMPACT", (base, key) -> parts(base)[0] + "." + parts(base)[1]),
    /** A part after the signature. */
    FOUR_PARTS("NOT_COMPACT", (base, key) -> base.text() + "." + parts(base)[2]),
    /** As many parts as an encrypted token (RFC 7516). */
    FIVE_PARTS(
            "NOT_COMPACT",
            (base, key) -> Base64Url.encode("{\"alg\":\"RSA-OAEP\",\"enc\":\"A256GCM\"}") + ".a2V5.aXY.dGV4dA.dGFn"),
    /** A dot after the signature. */
    TRAILING_DOT("NOT_COMPACT", (base, key) -> base.text() + "."),
    /** A dot before the header. */
    LEADING_DOT("NOT_COMPACT", (base, key) -> "." + base.text()),
    /** Two dots only. */
    DOTS("NOT_COMPACT", (base, key) -> ".."),
    /** Nothing before the first dot. */
    EMPTY_HEADER_PART("NOT_COMPACT", (base, key) -> "." + parts(base)[1] + "." + parts(base)[2]),
    /** A detached payload (RFC 7515 appendix F). */
    EMPTY_PAYLOAD_PART("NOT_COMPACT", (base, key) -> parts(base)[0] + ".." + parts(base)[2]),
    /** Nothing after the last dot. */
    EMPTY_SIGNATURE_PART(
            "NOT_COMPACT", (base, key) -> base.signature(new byte[0]).text()),
    /** The unsecured token of RFC 7519 §6.1. */
    ALG_NONE_UNSIGNED(
            "NOT_COMPACT",
            (base, key) -> base.algorithm("none").signature(new byte[0]).text()),
    /** The flattened JSON serialization (RFC 7515 §7.2.2). */
    JSON_FLATTENED("NOT_COMPACT", (base, key) -> {
        String[] parts = parts(base);
        return Json.of(Map.of("protected", parts[0], "payload", parts[1], "signature", parts[2]));
    }),
    /** The general JSON serialization (RFC 7515 §7.2.1). */
    JSON_GENERAL("NOT_COMPACT", (base, key) -> {
        String[] parts = parts(base);
        return Json.of(Map.of(
                "payload", parts[1], "signatures", List.of(Map.of("protected", parts[0], "signature", parts[2]))));
    }),

    // canonical base64url (RFC 7515 §2)

    /** {@code =} after the header. */
    HEADER_PADDED("NOT_BASE64URL", (base, key) -> sealed(sized(header(base), 1) + "==", parts(base)[1], key)),
    /** {@code =} after the payload. */
    PAYLOAD_PADDED("NOT_BASE64URL", (base, key) -> sealed(parts(base)[0], sized(payload(base), 2) + "=", key)),
    /** {@code =} after the signature. */
    SIGNATURE_PADDED("NOT_BASE64URL", (base, key) -> base.text() + "=="),
    /** {@code +} and {@code /} instead of {@code -} and {@code _}. */
    STANDARD_ALPHABET("NOT_BASE64URL", (base, key) -> {
        String payload = parts(base.claim("x", "?????>>>>>"))[1];
        return sealed(parts(base)[0], payload.replace('-', '+').replace('_', '/'), key);
    }),
    /** Unused bits of the header that are not zero. */
    HEADER_TRAILING_BITS(
            "NOT_BASE64URL", (base, key) -> sealed(trailingBits(sized(header(base), 1)), parts(base)[1], key)),
    /** Unused bits of the payload that are not zero. */
    PAYLOAD_TRAILING_BITS(
            "NOT_BASE64URL", (base, key) -> sealed(parts(base)[0], trailingBits(sized(payload(base), 2)), key)),
    /** Unused bits of the signature that are not zero. */
    SIGNATURE_TRAILING_BITS("NOT_BASE64URL", (base, key) -> {
        String[] parts = parts(base);
        return parts[0] + "." + parts[1] + "." + trailingBits(parts[2]);
    }),
    /** A part of 4 n + 1 characters, which no bytes become. */
    IMPOSSIBLE_LENGTH("NOT_BASE64URL", (base, key) -> sealed(parts(base)[0], sized(payload(base), 0) + "A", key)),
    /** A line feed in the payload. */
    NEWLINE_INSIDE("NOT_BASE64URL", (base, key) -> inserted(base, "\n")),
    /** A carriage return and line feed, as MIME folds base64. */
    MIME_LINES("NOT_BASE64URL", (base, key) -> inserted(base, "\r\n")),
    /** A space in the payload. */
    SPACE_INSIDE("NOT_BASE64URL", (base, key) -> inserted(base, " ")),
    /** A tab in the payload. */
    TAB_INSIDE("NOT_BASE64URL", (base, key) -> inserted(base, "\t")),
    /** A NUL in the payload. */
    NUL_INSIDE("NOT_BASE64URL", (base, key) -> inserted(base, "\0")),
    /** A space before the token. */
    SPACE_BEFORE("NOT_BASE64URL", (base, key) -> " " + base.text()),
    /** A line feed after the token. */
    NEWLINE_AFTER("NOT_BASE64URL", (base, key) -> base.text() + "\n"),
    /** A NUL after the token. */
    NUL_AFTER("NOT_BASE64URL", (base, key) -> base.text() + "\0"),
    /** A character that lenient decoders skip. */
    JUNK_INSIDE("NOT_BASE64URL", (base, key) -> inserted(base, "!")),
    /** A tilde, of the characters of a bearer token but not of base64url. */
    TILDE_INSIDE("NOT_BASE64URL", (base, key) -> inserted(base, "~")),
    /** A percent escape, as in a query. */
    PERCENT_INSIDE("NOT_BASE64URL", (base, key) -> inserted(base, "%41")),
    /** A letter that is {@code A} only in its low byte. */
    WIDE_LETTER_INSIDE("NOT_BASE64URL", (base, key) -> inserted(base, "\u0141")),
    /** The digits of another script. */
    FULLWIDTH_DIGIT_INSIDE("NOT_BASE64URL", (base, key) -> inserted(base, "\uFF11")),

    // strict JSON in the header

    /** {@code alg} twice, the same. */
    ALG_TWICE_ALIKE("NOT_JSON", (base, key) -> {
        String alg = Json.of(key.algorithm());
        return base.headerJson("alg", alg + ",\"alg\":" + alg).text();
    }),
    /** {@code alg} twice, {@code none} last. */
    ALG_TWICE(
            "NOT_JSON",
            (base, key) -> base.headerJson("alg", Json.of(key.algorithm()) + ",\"alg\":\"none\"")
                    .text()),
    /** {@code alg} twice, once escaped. */
    ALG_TWICE_ESCAPED(
            "NOT_JSON",
            (base, key) -> base.headerJson("alg", Json.of(key.algorithm()) + ",\"\\u0061lg\":\"none\"")
                    .text()),
    /** {@code kid} twice. */
    KID_TWICE(
            "NOT_JSON",
            (base, key) -> base.headerJson("kid", "\"other\",\"kid\":" + Json.of(key.keyId()))
                    .text()),
    /** A name twice in an object inside the header. */
    HEADER_NESTED_DUPLICATE(
            "NOT_JSON", (base, key) -> base.headerJson("x", "{\"y\":1,\"y\":2}").text()),
    /** A comma after the last member. */
    HEADER_TRAILING_COMMA("NOT_JSON", (base, key) -> base.headerJson("x", "1,").text()),
    /** A comment of C. */
    HEADER_COMMENT("NOT_JSON", (base, key) -> base.headerJson("x", "1/* one */").text()),
    /** A comment of YAML. */
    HEADER_HASH_COMMENT(
            "NOT_JSON", (base, key) -> base.headerJson("x", "1 # one\n").text()),
    /** A number with leading zeros. */
    HEADER_LEADING_ZEROS("NOT_JSON", (base, key) -> base.headerJson("x", "007").text()),
    /** A number with a plus sign. */
    HEADER_PLUS_SIGN("NOT_JSON", (base, key) -> base.headerJson("x", "+1").text()),
    /** A number that ends with its point. */
    HEADER_BARE_POINT("NOT_JSON", (base, key) -> base.headerJson("x", "1.").text()),
    /** A line feed inside a string. */
    HEADER_CONTROL_CHARACTER(
            "NOT_JSON", (base, key) -> base.headerJson("x", "\"\n\"").text()),
    /** An escape that JSON does not have. */
    HEADER_FOREIGN_ESCAPE(
            "NOT_JSON", (base, key) -> base.headerJson("x", "\"\\x41\"").text()),
    /** A string in single quotes. */
    HEADER_SINGLE_QUOTES("NOT_JSON", (base, key) -> base.headerJson("x", "'y'").text()),
    /** A name without quotes. */
    HEADER_BARE_NAME("NOT_JSON", (base, key) -> base.headerJson("x", "1,y:2").text()),
    /** {@code NaN}, no number of JSON. */
    HEADER_NAN("NOT_JSON", (base, key) -> base.headerJson("x", "NaN").text()),
    /** {@code TRUE} in capitals. */
    HEADER_CAPITAL_LITERAL(
            "NOT_JSON", (base, key) -> base.headerJson("x", "TRUE").text()),
    /** Characters after the object. */
    HEADER_TRAILING_GARBAGE(
            "NOT_JSON", (base, key) -> base.rawHeader(header(base) + "x").text()),
    /** A second object after the first. */
    HEADER_TWO_OBJECTS(
            "NOT_JSON",
            (base, key) -> base.rawHeader(header(base) + header(base)).text()),
    /** An object without its end. */
    HEADER_UNFINISHED(
            "NOT_JSON",
            (base, key) -> base.rawHeader(header(base).replaceAll("}$", "")).text()),
    /** A byte order mark before the object (RFC 8259 §8.1). */
    HEADER_BOM(
            "NOT_JSON", (base, key) -> base.rawHeader("\uFEFF" + header(base)).text()),
    /** UTF-16 instead of UTF-8. */
    HEADER_UTF16(
            "NOT_JSON",
            (base, key) -> base.rawHeader(header(base).getBytes(StandardCharsets.UTF_16LE))
                    .text()),
    /** The object in an array. */
    HEADER_ARRAY(
            "NOT_JSON", (base, key) -> base.rawHeader("[" + header(base) + "]").text()),
    /** The object as a string. */
    HEADER_STRING(
            "NOT_JSON", (base, key) -> base.rawHeader(Json.of(header(base))).text()),
    /** The literal {@code null}. */
    HEADER_NULL("NOT_JSON", (base, key) -> base.rawHeader("null").text()),
    /** Bytes that are no text. */
    HEADER_BINARY("NOT_JSON", (base, key) -> base.rawHeader(filled(40, 0xFE)).text()),
    /** A slash in two bytes of UTF-8 (RFC 3629 §10). */
    HEADER_UTF8_OVERLONG("NOT_JSON", (base, key) -> headerBytes(base, "\u00C0\u00AF")),
    /** The first two of three bytes of UTF-8. */
    HEADER_UTF8_TRUNCATED("NOT_JSON", (base, key) -> headerBytes(base, "\u00E2\u0082")),
    /** A surrogate in UTF-8. */
    HEADER_UTF8_SURROGATE("NOT_JSON", (base, key) -> headerBytes(base, "\u00ED\u00A0\u0080")),
    /** A code point beyond U+10FFFF. */
    HEADER_UTF8_BEYOND("NOT_JSON", (base, key) -> headerBytes(base, "\u00F4\u0090\u0080\u0080")),
    /** 17 levels of nesting. */
    HEADER_DEEP("NOT_JSON", (base, key) -> base.headerJson("x", deep()).text()),
    /** A number of 33 characters. */
    HEADER_LONG_NUMBER(
            "NOT_JSON", (base, key) -> base.headerJson("x", longNumber()).text()),
    /** 257 members. */
    HEADER_MANY_MEMBERS(
            "NOT_JSON",
            (base, key) -> base.headerJson("x", manyMembers(base.headerCount())).text()),

    // header members that change the meaning of the token

    /** A critical extension that nobody knows (RFC 7515 §4.1.11). */
    CRIT_UNKNOWN(
            "UNSUPPORTED_HEADER",
            (base, key) -> base.header("crit", List.of("x")).header("x", true).text()),
    /** An empty list of critical extensions, which is forbidden. */
    CRIT_EMPTY(
            "UNSUPPORTED_HEADER", (base, key) -> base.header("crit", List.of()).text()),
    /** A critical member of the specification itself, which is forbidden. */
    CRIT_STANDARD_MEMBER(
            "UNSUPPORTED_HEADER",
            (base, key) -> base.header("crit", List.of("alg")).text()),
    /** A critical extension that is not there. */
    CRIT_ABSENT_MEMBER(
            "UNSUPPORTED_HEADER",
            (base, key) -> base.header("crit", List.of("exp")).text()),
    /** {@code crit} as a string. */
    CRIT_STRING("UNSUPPORTED_HEADER", (base, key) -> base.header("crit", "exp").text()),
    /** {@code crit} as null. */
    CRIT_NULL(
            "UNSUPPORTED_HEADER", (base, key) -> base.headerJson("crit", "null").text()),
    /** {@code b64} of RFC 7797, declared critical. */
    CRIT_B64(
            "UNSUPPORTED_HEADER",
            (base, key) ->
                    base.header("crit", List.of("b64")).header("b64", true).text()),
    /** An unencoded payload (RFC 7797), not declared critical. */
    B64_FALSE("UNSUPPORTED_HEADER", (base, key) -> base.header("b64", false).text()),
    /** An unencoded payload (RFC 7797), declared critical. */
    B64_FALSE_CRIT(
            "UNSUPPORTED_HEADER",
            (base, key) ->
                    base.header("crit", List.of("b64")).header("b64", false).text()),
    /** A compressed payload, as in an encrypted token. */
    ZIP(
            "UNSUPPORTED_HEADER",
            (base, key) -> base.header("zip", "DEF")
                    .rawPayload(Forgery.deflated(payload(base)))
                    .text()),
    /** {@code zip} over a plain payload. */
    ZIP_PLAIN("UNSUPPORTED_HEADER", (base, key) -> base.header("zip", "DEF").text()),
    /** {@code cty} of a nested token over plain claims. */
    CTY_JWT("UNSUPPORTED_HEADER", (base, key) -> base.header("cty", "JWT").text()),
    /** A token in the token (RFC 7519 §5.2). */
    NESTED(
            "UNSUPPORTED_HEADER",
            (base, key) -> base.header("cty", "JWT").rawPayload(base.text()).text()),

    // header members ill-typed

    /** No members. */
    HEADER_EMPTY("BAD_HEADER", (base, key) -> base.rawHeader("{}").text()),
    /** No {@code alg}. */
    ALG_MISSING("BAD_HEADER", (base, key) -> base.withoutHeader("alg").text()),
    /** {@code alg} as null. */
    ALG_NULL("BAD_HEADER", (base, key) -> base.headerJson("alg", "null").text()),
    /** {@code alg} as a number. */
    ALG_NUMBER("BAD_HEADER", (base, key) -> base.header("alg", 256).text()),
    /** {@code alg} as an array. */
    ALG_ARRAY(
            "BAD_HEADER",
            (base, key) -> base.header("alg", List.of(key.algorithm())).text()),
    /** {@code typ} as a number. */
    TYP_NUMBER("BAD_HEADER", (base, key) -> base.header("typ", 1).text()),
    /** {@code typ} as null. */
    TYP_NULL("BAD_HEADER", (base, key) -> base.headerJson("typ", "null").text()),
    /** {@code typ} as an array. */
    TYP_ARRAY("BAD_HEADER", (base, key) -> base.header("typ", List.of("at+jwt")).text()),
    /** {@code kid} as a number. */
    KID_NUMBER("BAD_HEADER", (base, key) -> base.header("kid", 1).text()),
    /** {@code kid} as null. */
    KID_NULL("BAD_HEADER", (base, key) -> base.headerJson("kid", "null").text()),
    /** {@code kid} as an object. */
    KID_OBJECT(
            "BAD_HEADER",
            (base, key) -> base.header("kid", Map.of("kid", key.keyId())).text()),
    /** {@code kid} of 1025 characters. */
    KID_LONG("BAD_HEADER", (base, key) -> base.header("kid", "k".repeat(1025)).text()),

    // the algorithm

    /** {@code none} with bytes for a signature. */
    ALG_NONE(
            "ALGORITHM_NOT_ALLOWED",
            (base, key) -> base.algorithm("none").signature(filled(1, 0)).text()),
    /** {@code none} with the signature of a real token. */
    ALG_NONE_SIGNED(
            "ALGORITHM_NOT_ALLOWED", (base, key) -> base.header("alg", "none").text()),
    /** {@code None}. */
    ALG_NONE_CAPITAL(
            "ALGORITHM_NOT_ALLOWED", (base, key) -> base.header("alg", "None").text()),
    /** {@code NONE}. */
    ALG_NONE_CAPITALS(
            "ALGORITHM_NOT_ALLOWED", (base, key) -> base.header("alg", "NONE").text()),
    /** {@code nOnE}. */
    ALG_NONE_MIXED(
            "ALGORITHM_NOT_ALLOWED", (base, key) -> base.header("alg", "nOnE").text()),
    /** {@code none} and a space. */
    ALG_NONE_SPACE(
            "ALGORITHM_NOT_ALLOWED", (base, key) -> base.header("alg", "none ").text()),
    /** {@code rs256}; the names are case-sensitive (RFC 7515 §4.1.1). */
    ALG_LOWER_CASE(
            "ALGORITHM_NOT_ALLOWED", (base, key) -> base.header("alg", "rs256").text()),
    /** {@code Rs256}. */
    ALG_MIXED_CASE(
            "ALGORITHM_NOT_ALLOWED", (base, key) -> base.header("alg", "Rs256").text()),
    /** {@code RS256} and a space. */
    ALG_SPACE(
            "ALGORITHM_NOT_ALLOWED", (base, key) -> base.header("alg", "RS256 ").text()),
    /** {@code RS256} and a NUL. */
    ALG_NUL(
            "ALGORITHM_NOT_ALLOWED",
            (base, key) -> base.header("alg", "RS256\0").text()),
    /** The JDK's name of the algorithm. */
    ALG_JDK_NAME(
            "ALGORITHM_NOT_ALLOWED",
            (base, key) -> base.header("alg", "SHA256withRSA").text()),
    /** RSA with SHA-1, registered and deprecated. */
    ALG_SHA1("ALGORITHM_NOT_ALLOWED", (base, key) -> base.header("alg", "RS1").text()),
    /** An algorithm that nobody has. */
    ALG_UNKNOWN(
            "ALGORITHM_NOT_ALLOWED", (base, key) -> base.header("alg", "XS256").text()),
    /** An algorithm that encrypts keys. */
    ALG_OF_ENCRYPTION(
            "ALGORITHM_NOT_ALLOWED",
            (base, key) -> base.header("alg", "RSA-OAEP").text()),
    /** HMAC by the public key's PEM (RFC 8725 §2.1). */
    HMAC_BY_PEM("ALGORITHM_NOT_ALLOWED", (base, key) -> mac(base, "HS256", key.publicPem())),
    /** HMAC by the public key's PEM without the last line feed. */
    HMAC_BY_PEM_STRIPPED(
            "ALGORITHM_NOT_ALLOWED",
            (base, key) -> mac(base, "HS256", key.publicPem().strip())),
    /** HMAC by the public key's PKCS#1 PEM. */
    HMAC_BY_PKCS1_PEM("ALGORITHM_NOT_ALLOWED", (base, key) -> mac(base, "HS256", key.pkcs1Pem())),
    /** HMAC by the public key's DER. */
    HMAC_BY_DER(
            "ALGORITHM_NOT_ALLOWED",
            (base, key) -> mac(base, "HS256", key.publicKey().getEncoded())),
    /** HMAC by the public key's JWK. */
    HMAC_BY_JWK("ALGORITHM_NOT_ALLOWED", (base, key) -> mac(base, "HS256", key.publicJwk())),
    /** HMAC by the public key's set of JWKs. */
    HMAC_BY_JWKS("ALGORITHM_NOT_ALLOWED", (base, key) -> mac(base, "HS256", TestKey.jwks(key))),
    /** HMAC by the public key's modulus. */
    HMAC_BY_MODULUS("ALGORITHM_NOT_ALLOWED", (base, key) -> {
        byte[] modulus = ((RSAPublicKey) key.publicKey()).getModulus().toByteArray();
        return mac(base, "HS256", modulus);
    }),
    /** HMAC with SHA-384 by the public key's PEM. */
    HMAC_384_BY_PEM("ALGORITHM_NOT_ALLOWED", (base, key) -> mac(base, "HS384", key.publicPem())),
    /** HMAC with SHA-512 by the public key's PEM. */
    HMAC_512_BY_PEM("ALGORITHM_NOT_ALLOWED", (base, key) -> mac(base, "HS512", key.publicPem())),
    /** HMAC by the empty secret, which a zero byte equals. */
    HMAC_BY_NOTHING("ALGORITHM_NOT_ALLOWED", (base, key) -> mac(base, "HS256", new byte[1])),
    /** HMAC by a word. */
    HMAC_BY_WORD("ALGORITHM_NOT_ALLOWED", (base, key) -> mac(base, "HS256", "secret")),
    /** HMAC by a secret that the header brings along. */
    HMAC_EMBEDDED("ALGORITHM_NOT_ALLOWED", (base, key) -> {
        TestKey secret = TestKey.hmac(32).withKeyId(key.keyId());
        return mac(base.headerJson("jwk", secret.privateJwk()), "HS256", secret.secret());
    }),

    // the type

    /** No type, yet there. */
    TYP_EMPTY("TYPE_NOT_ALLOWED", (base, key) -> base.type("").text()),
    /** A type that nobody has. */
    TYP_UNKNOWN("TYPE_NOT_ALLOWED", (base, key) -> base.type("x+jwt").text()),
    /** A JWS of whatever. */
    TYP_JOSE("TYPE_NOT_ALLOWED", (base, key) -> base.type("JOSE").text()),
    /** A refresh token. */
    TYP_REFRESH("TYPE_NOT_ALLOWED", (base, key) -> base.type("rt+jwt").text()),
    /** A logout token (OpenID Connect Back-Channel Logout §2.4). */
    TYP_LOGOUT("TYPE_NOT_ALLOWED", (base, key) -> base.type("logout+jwt").text()),
    /** A proof of possession (RFC 9449 §4.2). */
    TYP_DPOP("TYPE_NOT_ALLOWED", (base, key) -> base.type("dpop+jwt").text()),
    /** A security event (RFC 8417 §2.3). */
    TYP_SECURITY_EVENT(
            "TYPE_NOT_ALLOWED", (base, key) -> base.type("secevent+jwt").text()),
    /** An answer of token introspection (RFC 9701 §5). */
    TYP_INTROSPECTION(
            "TYPE_NOT_ALLOWED",
            (base, key) -> base.type("token-introspection+jwt").text()),
    /** An authorization request (RFC 9101 §10.8). */
    TYP_REQUEST(
            "TYPE_NOT_ALLOWED", (base, key) -> base.type("oauth-authz-req+jwt").text()),

    // the keys

    /** A key id that no key has. */
    KID_UNKNOWN("NO_MATCHING_KEY", (base, key) -> base.header("kid", "unknown").text()),
    /** The empty key id, which is none of the keys and not all of them. */
    KID_EMPTY("NO_MATCHING_KEY", (base, key) -> base.header("kid", "").text()),
    /** The key id and a space. */
    KID_SPACE(
            "NO_MATCHING_KEY",
            (base, key) -> base.header("kid", key.keyId() + " ").text()),
    /** The key id and a NUL. */
    KID_NUL(
            "NO_MATCHING_KEY",
            (base, key) -> base.header("kid", key.keyId() + "\0").text()),
    /** A path out of the folder of keys. */
    KID_PATH(
            "NO_MATCHING_KEY",
            (base, key) -> base.header("kid", "../../../../dev/null").text()),
    /** A condition of SQL. */
    KID_SQL("NO_MATCHING_KEY", (base, key) -> base.header("kid", "x' OR '1'='1").text()),
    /** A command of a shell. */
    KID_SHELL("NO_MATCHING_KEY", (base, key) -> base.header("kid", "key;id|id").text()),
    /** The address of other keys. */
    KID_URL(
            "NO_MATCHING_KEY",
            (base, key) -> base.header("kid", "https://evil.example/jwks").text()),
    /** A line of log that never was. */
    KID_LOG_LINE(
            "NO_MATCHING_KEY",
            (base, key) -> base.header("kid", "x\r\nINFO accepted").text()),
    /** A key of the attacker under its own id. */
    KID_OF_ATTACKER("NO_MATCHING_KEY", (base, key) -> {
        TestKey attacker = attacker(key).withKeyId("attacker");
        return stolen(base.header("kid", attacker.keyId()).headerJson("jwk", attacker.publicJwk()), key);
    }),
    /** ECDSA by a key of the attacker, with the id of the RSA key. */
    EC_FOR_RSA(
            "NO_MATCHING_KEY",
            (base, key) -> base.algorithm("ES256")
                    .signedWith(TestKey.ec("P-256"), "ES256")
                    .text()),
    /** ECDSA of r = s = 0 (CVE-2022-21449), with the id of the RSA key. */
    EC_ZEROS(
            "NO_MATCHING_KEY",
            (base, key) -> base.algorithm("ES256").signature(new byte[64]).text()),
    /** {@code EdDSA} by a key of the attacker, with the id of the RSA key. */
    EDDSA_FOR_RSA(
            "NO_MATCHING_KEY",
            (base, key) -> base.algorithm("EdDSA")
                    .signedWith(TestKey.ed25519(), "EdDSA")
                    .text()),

    // the signature

    /** A key of the attacker under the id of the real one. */
    SIGNED_BY_ATTACKER("BAD_SIGNATURE", Forgery::stolen),
    /** A key of the attacker, without key id. */
    SIGNED_BY_ATTACKER_WITHOUT_KID("BAD_SIGNATURE", (base, key) -> stolen(base.withoutHeader("kid"), key)),
    /** RSA of 1024 bits under the id of the real key. */
    SIGNED_BY_WEAK_KEY(
            "BAD_SIGNATURE",
            (base, key) -> base.signedWith(TestKey.weakRsa(), "RS256").text()),
    /** The attacker's key in {@code jwk} (CVE-2018-0114). */
    JWK_EMBEDDED("BAD_SIGNATURE", (base, key) -> {
        String jwk = attacker(key).withKeyId(key.keyId()).publicJwk();
        return stolen(base.headerJson("jwk", jwk), key);
    }),
    /** The attacker's key in {@code jwk}, without key id. */
    JWK_EMBEDDED_WITHOUT_KID("BAD_SIGNATURE", (base, key) -> {
        String jwk = attacker(key).withoutKeyId().publicJwk();
        return stolen(base.withoutHeader("kid").headerJson("jwk", jwk), key);
    }),
    /** The address of the attacker's keys in {@code jku}. */
    JKU("BAD_SIGNATURE", (base, key) -> stolen(base.header("jku", "https://evil.example/jwks"), key)),
    /** An address inside the network in {@code jku}. */
    JKU_INSIDE("BAD_SIGNATURE", (base, key) -> stolen(base.header("jku", "http://169.254.169.254/jwks"), key)),
    /** The address of the attacker's certificate in {@code x5u}. */
    X5U("BAD_SIGNATURE", (base, key) -> stolen(base.header("x5u", "https://evil.example/pem"), key)),
    /** The attacker's certificate in {@code x5c}. */
    X5C("BAD_SIGNATURE", (base, key) -> stolen(base.header("x5c", List.of(certificate(attacker(key)))), key)),
    /** A header of another token than the signature. */
    HEADER_ALTERED("BAD_SIGNATURE", (base, key) -> mixed(base.header("x", 1), base)),
    /** The claims of another person under the signature of a real token. */
    PAYLOAD_ALTERED("BAD_SIGNATURE", (base, key) -> {
        String[] parts = parts(base);
        String payload = payload(base.subject("admin").claim("altered", true));
        return parts[0] + "." + Base64Url.encode(payload) + "." + parts[2];
    }),
    /** The signature of another token of the same key. */
    SIGNATURE_OF_ANOTHER("BAD_SIGNATURE", (base, key) -> mixed(base, base.claim("another", true))),
    /** One bit of the signature's first byte. */
    SIGNATURE_FIRST_BYTE("BAD_SIGNATURE", (base, key) -> withSignature(base, bytes -> flipped(bytes, 0))),
    /** One bit of the signature's last byte. */
    SIGNATURE_LAST_BYTE("BAD_SIGNATURE", (base, key) -> withSignature(base, bytes -> flipped(bytes, bytes.length - 1))),
    /** A signature without its last byte. */
    SIGNATURE_SHORTER(
            "BAD_SIGNATURE", (base, key) -> withSignature(base, bytes -> Arrays.copyOf(bytes, bytes.length - 1))),
    /** A signature and one byte more. */
    SIGNATURE_LONGER(
            "BAD_SIGNATURE", (base, key) -> withSignature(base, bytes -> Arrays.copyOf(bytes, bytes.length + 1))),
    /** A zero byte before the signature: the same number. */
    SIGNATURE_ZERO_BEFORE(
            "BAD_SIGNATURE",
            (base, key) -> withSignature(base, bytes -> {
                byte[] longer = new byte[bytes.length + 1];
                System.arraycopy(bytes, 0, longer, 1, bytes.length);
                return longer;
            })),
    /** One byte. */
    SIGNATURE_ONE_BYTE(
            "BAD_SIGNATURE", (base, key) -> base.signature(filled(1, 1)).text()),
    /** Zero, of the right length. */
    SIGNATURE_ZEROS(
            "BAD_SIGNATURE",
            (base, key) -> base.signature(new byte[signature(base).length]).text()),
    /** One, which RSA leaves as it is, of the right length. */
    SIGNATURE_OF_ONE("BAD_SIGNATURE", (base, key) -> {
        byte[] one = new byte[signature(base).length];
        one[one.length - 1] = 1;
        return base.signature(one).text();
    }),
    /** More than the modulus, of the right length. */
    SIGNATURE_BEYOND_MODULUS(
            "BAD_SIGNATURE",
            (base, key) -> base.signature(filled(signature(base).length, 0xFF)).text()),
    /** PSS where the header says PKCS#1, or the reverse. */
    SIGNATURE_OTHER_PADDING("BAD_SIGNATURE", (base, key) -> {
        String other =
                (key.algorithm().startsWith("P") ? "R" : "P") + key.algorithm().substring(1);
        return base.signedWith(key, other).text();
    }),
    /** SHA-512 where the header says SHA-256, or the reverse. */
    SIGNATURE_OTHER_HASH("BAD_SIGNATURE", (base, key) -> {
        String other = key.algorithm().substring(0, 2) + (key.algorithm().endsWith("512") ? "256" : "512");
        return base.signedWith(key, other).text();
    }),
    /** The signature in hexadecimal digits. */
    SIGNATURE_HEX(
            "BAD_SIGNATURE",
            (base, key) -> withSignature(base, bytes -> latin(HexFormat.of().formatHex(bytes)))),

    // strict JSON in the payload

    /** {@code sub} twice. */
    SUB_TWICE(
            "NOT_JSON",
            (base, key) -> base.claimJson("sub", "\"alice\",\"sub\":\"admin\"").text()),
    /** {@code sub} twice, once escaped. */
    SUB_TWICE_ESCAPED(
            "NOT_JSON",
            (base, key) ->
                    base.claimJson("sub", "\"alice\",\"s\\u0075b\":\"admin\"").text()),
    /** {@code exp} twice. */
    EXP_TWICE(
            "NOT_JSON",
            (base, key) ->
                    base.claimJson("exp", "4102444800,\"exp\":4102444800").text()),
    /** A name twice in an object inside the payload. */
    PAYLOAD_NESTED_DUPLICATE(
            "NOT_JSON",
            (base, key) -> base.claimJson("realm_access", "{\"roles\":[],\"roles\":[\"admin\"]}")
                    .text()),
    /** A comma after the last member. */
    PAYLOAD_TRAILING_COMMA("NOT_JSON", (base, key) -> base.claimJson("x", "1,").text()),
    /** A comma after the last element. */
    PAYLOAD_TRAILING_COMMA_IN_ARRAY(
            "NOT_JSON", (base, key) -> base.claimJson("x", "[1,]").text()),
    /** A comment of C. */
    PAYLOAD_COMMENT("NOT_JSON", (base, key) -> base.claimJson("x", "1// one\n").text()),
    /** A number with leading zeros. */
    PAYLOAD_LEADING_ZEROS("NOT_JSON", (base, key) -> base.claimJson("x", "007").text()),
    /** A line feed inside a string. */
    PAYLOAD_CONTROL_CHARACTER(
            "NOT_JSON", (base, key) -> base.claimJson("x", "\"\n\"").text()),
    /** A string in single quotes. */
    PAYLOAD_SINGLE_QUOTES("NOT_JSON", (base, key) -> base.claimJson("x", "'y'").text()),
    /** {@code NaN}, no number of JSON. */
    PAYLOAD_NAN("NOT_JSON", (base, key) -> base.claimJson("exp", "NaN").text()),
    /** {@code Infinity}, no number of JSON. */
    PAYLOAD_INFINITY(
            "NOT_JSON", (base, key) -> base.claimJson("exp", "Infinity").text()),
    /** Characters after the object. */
    PAYLOAD_TRAILING_GARBAGE(
            "NOT_JSON", (base, key) -> base.rawPayload(payload(base) + "x").text()),
    /** A NUL after the object. */
    PAYLOAD_TRAILING_NUL(
            "NOT_JSON", (base, key) -> base.rawPayload(payload(base) + "\0").text()),
    /** An object without its end. */
    PAYLOAD_UNFINISHED(
            "NOT_JSON",
            (base, key) -> base.rawPayload(payload(base).replaceAll("}$", "")).text()),
    /** A byte order mark before the object (RFC 8259 §8.1). */
    PAYLOAD_BOM(
            "NOT_JSON", (base, key) -> base.rawPayload("\uFEFF" + payload(base)).text()),
    /** The object in an array. */
    PAYLOAD_ARRAY(
            "NOT_JSON",
            (base, key) -> base.rawPayload("[" + payload(base) + "]").text()),
    /** The object as a string. */
    PAYLOAD_STRING(
            "NOT_JSON", (base, key) -> base.rawPayload(Json.of(payload(base))).text()),
    /** The literal {@code null}. */
    PAYLOAD_NULL("NOT_JSON", (base, key) -> base.rawPayload("null").text()),
    /** A space. */
    PAYLOAD_BLANK("NOT_JSON", (base, key) -> base.rawPayload(" ").text()),
    /** A token in the token, without {@code cty}. */
    NESTED_SILENTLY("NOT_JSON", (base, key) -> base.rawPayload(base.text()).text()),
    /** A slash in two bytes of UTF-8 (RFC 3629 §10). */
    PAYLOAD_UTF8_OVERLONG("NOT_JSON", (base, key) -> payloadBytes(base, "\u00C0\u00AF")),
    /** The first two of three bytes of UTF-8. */
    PAYLOAD_UTF8_TRUNCATED("NOT_JSON", (base, key) -> payloadBytes(base, "\u00E2\u0082")),
    /** A surrogate in UTF-8. */
    PAYLOAD_UTF8_SURROGATE("NOT_JSON", (base, key) -> payloadBytes(base, "\u00ED\u00A0\u0080")),
    /** 17 levels of nesting. */
    PAYLOAD_DEEP("NOT_JSON", (base, key) -> base.claimJson("x", deep()).text()),
    /** A number of 33 characters. */
    PAYLOAD_LONG_NUMBER(
            "NOT_JSON", (base, key) -> base.claimJson("x", longNumber()).text()),
    /** 257 members. */
    PAYLOAD_MANY_MEMBERS(
            "NOT_JSON",
            (base, key) -> base.claimJson("x", manyMembers(base.claimCount())).text()),

    // the times

    /** No claims. */
    PAYLOAD_EMPTY("CLAIM_MISSING", (base, key) -> base.rawPayload("{}").text()),
    /** No {@code exp}. */
    EXP_MISSING("CLAIM_MISSING", (base, key) -> base.without("exp").text()),
    /** {@code exp} as null. */
    EXP_NULL("CLAIM_ILL_TYPED", (base, key) -> base.claimJson("exp", "null").text()),
    /** {@code exp} as a string of digits. */
    EXP_STRING("CLAIM_ILL_TYPED", (base, key) -> base.claim("exp", "4102444800").text()),
    /** {@code exp} as a date. */
    EXP_DATE(
            "CLAIM_ILL_TYPED",
            (base, key) -> base.claim("exp", "2100-01-01T00:00:00Z").text()),
    /** {@code exp} as a boolean. */
    EXP_BOOLEAN("CLAIM_ILL_TYPED", (base, key) -> base.claim("exp", true).text()),
    /** {@code exp} in an array. */
    EXP_ARRAY(
            "CLAIM_ILL_TYPED",
            (base, key) -> base.claim("exp", List.of(4_102_444_800L)).text()),
    /** {@code exp} in an object. */
    EXP_OBJECT(
            "CLAIM_ILL_TYPED",
            (base, key) -> base.claim("exp", Map.of("exp", 4_102_444_800L)).text()),
    /** {@code exp} before 1970. */
    EXP_NEGATIVE("CLAIM_ILL_TYPED", (base, key) -> base.claim("exp", -1).text()),
    /** {@code exp} beyond every double. */
    EXP_INFINITE(
            "CLAIM_ILL_TYPED", (base, key) -> base.claimJson("exp", "1e400").text()),
    /** {@code exp} that is small again in 64 bits. */
    EXP_OVERFLOWING(
            "CLAIM_ILL_TYPED",
            (base, key) -> base.claimJson("exp", "18446744077811996416").text()),
    /** {@code exp} in the year 10000. */
    EXP_YEAR_10000(
            "CLAIM_ILL_TYPED",
            (base, key) -> base.claim("exp", 253_402_300_800L).text()),
    /** {@code exp} in milliseconds. */
    EXP_MILLISECONDS(
            "CLAIM_ILL_TYPED",
            (base, key) -> base.claim("exp", 4_102_444_800_000L).text()),
    /** {@code exp} in 1970. */
    EXP_ZERO("EXPIRED", (base, key) -> base.claim("exp", 0).text()),
    /** Expired for an hour. */
    EXP_PAST("EXPIRED", (base, key) -> base.issuedIn(-7200).expiresIn(-3600).text()),
    /** {@code nbf} as a string. */
    NBF_STRING("CLAIM_ILL_TYPED", (base, key) -> base.claim("nbf", "0").text()),
    /** {@code nbf} beyond every double. */
    NBF_INFINITE(
            "CLAIM_ILL_TYPED", (base, key) -> base.claimJson("nbf", "1e400").text()),
    /** {@code nbf} before 1970. */
    NBF_NEGATIVE("CLAIM_ILL_TYPED", (base, key) -> base.claim("nbf", -1).text()),
    /** Valid in an hour. */
    NBF_FUTURE(
            "NOT_YET_VALID",
            (base, key) -> base.notBeforeIn(3600).expiresIn(7200).text()),
    /** {@code iat} as a string. */
    IAT_STRING("CLAIM_ILL_TYPED", (base, key) -> base.claim("iat", "0").text()),
    /** {@code iat} as a boolean. */
    IAT_BOOLEAN("CLAIM_ILL_TYPED", (base, key) -> base.claim("iat", true).text()),
    /** {@code iat} before 1970. */
    IAT_NEGATIVE("CLAIM_ILL_TYPED", (base, key) -> base.claim("iat", -1).text()),
    /** Issued in an hour. */
    IAT_FUTURE(
            "ISSUED_IN_FUTURE",
            (base, key) -> base.issuedIn(3600).expiresIn(7200).text()),

    // the issuer

    /** No {@code iss}. */
    ISS_MISSING("CLAIM_MISSING", (base, key) -> base.without("iss").text()),
    /** {@code iss} as null. */
    ISS_NULL("CLAIM_ILL_TYPED", (base, key) -> base.claimJson("iss", "null").text()),
    /** {@code iss} in an array. */
    ISS_ARRAY(
            "CLAIM_ILL_TYPED",
            (base, key) -> base.claim("iss", List.of(TokenBuilder.ISSUER)).text()),
    /** {@code iss} as a number. */
    ISS_NUMBER("CLAIM_ILL_TYPED", (base, key) -> base.claim("iss", 1).text()),
    /** Another issuer. */
    ISS_OTHER("WRONG_ISSUER", (base, key) -> base.issuer("https://evil.example").text()),
    /** The issuer and a slash. */
    ISS_TRAILING_SLASH(
            "WRONG_ISSUER",
            (base, key) -> base.issuer(TokenBuilder.ISSUER + "/").text()),
    /** The issuer as the beginning of another host. */
    ISS_PREFIX(
            "WRONG_ISSUER",
            (base, key) -> base.issuer(TokenBuilder.ISSUER + ".evil.example").text()),
    /** The issuer in capitals. */
    ISS_CAPITALS(
            "WRONG_ISSUER", (base, key) -> base.issuer("HTTPS://ISSUER.EXAMPLE").text()),
    /** The issuer and a space. */
    ISS_SPACE(
            "WRONG_ISSUER",
            (base, key) -> base.issuer(TokenBuilder.ISSUER + " ").text()),
    /** The issuer without encryption. */
    ISS_HTTP("WRONG_ISSUER", (base, key) -> base.issuer("http://issuer.example").text()),
    /** The empty issuer. */
    ISS_EMPTY("WRONG_ISSUER", (base, key) -> base.issuer("").text()),

    // the audience

    /** No {@code aud}. */
    AUD_MISSING("CLAIM_MISSING", (base, key) -> base.without("aud").text()),
    /** {@code aud} as null. */
    AUD_NULL("CLAIM_ILL_TYPED", (base, key) -> base.claimJson("aud", "null").text()),
    /** {@code aud} as a number. */
    AUD_NUMBER("CLAIM_ILL_TYPED", (base, key) -> base.claim("aud", 1).text()),
    /** {@code aud} as an object. */
    AUD_OBJECT(
            "CLAIM_ILL_TYPED",
            (base, key) ->
                    base.claim("aud", Map.of(TokenBuilder.AUDIENCE, true)).text()),
    /** The audience and a number. */
    AUD_ARRAY_WITH_NUMBER(
            "CLAIM_ILL_TYPED",
            (base, key) -> base.claim("aud", List.of(TokenBuilder.AUDIENCE, 1)).text()),
    /** The audience in an array in the array. */
    AUD_ARRAY_IN_ARRAY(
            "CLAIM_ILL_TYPED",
            (base, key) ->
                    base.claim("aud", List.of(List.of(TokenBuilder.AUDIENCE))).text()),
    /** Another audience. */
    AUD_OTHER(
            "WRONG_AUDIENCE",
            (base, key) -> base.audience("https://other.example").text()),
    /** Several others. */
    AUD_OTHERS(
            "WRONG_AUDIENCE",
            (base, key) -> base.audience("https://other.example", "account").text()),
    /** No audience, in an array. */
    AUD_EMPTY_ARRAY("WRONG_AUDIENCE", (base, key) -> base.audience().text()),
    /** The empty audience. */
    AUD_EMPTY("WRONG_AUDIENCE", (base, key) -> base.audience("").text()),
    /** Every audience, for those who think so. */
    AUD_STAR("WRONG_AUDIENCE", (base, key) -> base.audience("*").text()),
    /** The audience and a slash. */
    AUD_TRAILING_SLASH(
            "WRONG_AUDIENCE",
            (base, key) -> base.audience(TokenBuilder.AUDIENCE + "/").text()),
    /** The audience as one of two words in one string. */
    AUD_WORDS(
            "WRONG_AUDIENCE",
            (base, key) -> base.audience(TokenBuilder.AUDIENCE + " account").text()),
    /** The audience in capitals. */
    AUD_CAPITALS(
            "WRONG_AUDIENCE",
            (base, key) -> base.audience("HTTPS://API.EXAMPLE").text()),

    // the name

    /** No {@code sub}. */
    SUB_MISSING("CLAIM_MISSING", (base, key) -> base.without("sub").text()),
    /** {@code sub} as null. */
    SUB_NULL("CLAIM_ILL_TYPED", (base, key) -> base.claimJson("sub", "null").text()),
    /** {@code sub} as a number. */
    SUB_NUMBER("CLAIM_ILL_TYPED", (base, key) -> base.claim("sub", 1).text()),
    /** {@code sub} in an array. */
    SUB_ARRAY(
            "CLAIM_ILL_TYPED",
            (base, key) -> base.claim("sub", List.of("alice")).text()),
    /** {@code sub} without characters. */
    SUB_EMPTY("BAD_NAME", (base, key) -> base.subject("").text()),
    /** {@code sub} of spaces. */
    SUB_BLANK("BAD_NAME", (base, key) -> base.subject("   ").text()),
    /** {@code sub} with a line feed. */
    SUB_NEWLINE("BAD_NAME", (base, key) -> base.subject("alice\nadmin").text()),
    /** {@code sub} with a NUL. */
    SUB_NUL("BAD_NAME", (base, key) -> base.subject("alice\0").text()),
    /** {@code sub} with a DEL. */
    SUB_DELETE("BAD_NAME", (base, key) -> base.subject("alice\u007F").text()),
    /** {@code sub} with half a character, escaped. */
    SUB_LONE_SURROGATE("BAD_NAME", (base, key) -> base.subject("alice\uD800").text()),

    // the use

    /** Bound to a key of DPoP (RFC 9449 §6.1). */
    CNF_JKT(
            "PROOF_REQUIRED",
            (base, key) -> base.claim("cnf", Map.of("jkt", "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"))
                    .text()),
    /** Bound to a client certificate (RFC 8705 §3.1). */
    CNF_CERTIFICATE(
            "PROOF_REQUIRED",
            (base, key) -> base.claim("cnf", Map.of("x5t#S256", "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"))
                    .text()),
    /** An ID token, by its {@code nonce} without a scope. */
    ID_TOKEN_NONCE(
            "NOT_AN_ACCESS_TOKEN",
            (base, key) -> base.type("JWT")
                    .claim("nonce", "n-0S6_WzA2Mj")
                    .without("scope")
                    .without("scp")
                    .text()),
    /** The same without {@code typ}. */
    ID_TOKEN_NONCE_WITHOUT_TYP(
            "NOT_AN_ACCESS_TOKEN",
            (base, key) -> base.withoutHeader("typ")
                    .claim("nonce", "n-0S6_WzA2Mj")
                    .without("scope")
                    .without("scp")
                    .text()),
    /** An ID token, by its {@code at_hash}. */
    ID_TOKEN_AT_HASH(
            "NOT_AN_ACCESS_TOKEN",
            (base, key) ->
                    base.type("JWT").claim("at_hash", "MTIzNDU2Nzg5MDEyMzQ1Ng").text()),
    /** An ID token, by its {@code c_hash}. */
    ID_TOKEN_C_HASH(
            "NOT_AN_ACCESS_TOKEN",
            (base, key) ->
                    base.type("JWT").claim("c_hash", "MTIzNDU2Nzg5MDEyMzQ1Ng").text()),
    /** Keycloak's ID token. */
    KEYCLOAK_ID(
            "NOT_AN_ACCESS_TOKEN",
            (base, key) -> base.type("JWT").claim("typ", "ID").text()),
    /** Keycloak's refresh token. */
    KEYCLOAK_REFRESH(
            "NOT_AN_ACCESS_TOKEN",
            (base, key) -> base.type("JWT").claim("typ", "Refresh").text()),
    /** Keycloak's offline token. */
    KEYCLOAK_OFFLINE(
            "NOT_AN_ACCESS_TOKEN",
            (base, key) -> base.type("JWT").claim("typ", "Offline").text()),
    /** Keycloak's logout token. */
    KEYCLOAK_LOGOUT(
            "NOT_AN_ACCESS_TOKEN",
            (base, key) -> base.type("JWT").claim("typ", "Logout").text());

    /** RFC 6750 §2.1: {@code b64token}. */
    private static final Pattern B64TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final String reason;
    private final BiFunction<TokenBuilder, TestKey, String> forgery;

    Hostile(String reason, BiFunction<TokenBuilder, TestKey, String> forgery) {
        this.reason = reason;
        this.forgery = forgery;
    }

    /**
     * A token with this fault.
     *
     * @param base a valid token of {@code key}, whose header and payload are not raw
     * @param key an RSA key of 2048 bits with a key id
     */
    public String token(TokenBuilder base, TestKey key) {
        return forgery.apply(base, key);
    }

    /** The name of the reason that a strict verifier gives. */
    public String reason() {
        return reason;
    }

    /** Whether the token consists of the characters that an {@code Authorization: Bearer} header may carry. */
    public boolean fitsHeader() {
        TestKey key = TestKey.rsa();
        return B64TOKEN.matcher(token(TokenBuilder.signedBy(key), key)).matches();
    }
}
