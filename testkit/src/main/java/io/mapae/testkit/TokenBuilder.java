package io.mapae.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Mints a token that is valid unless told otherwise, and lies about anything when told to.
 *
 * <p>The default is an access token of RFC 9068: header {@code alg}, {@code typ} ({@code at+jwt}) and the key's
 * {@code kid}; claims {@code iss} ({@link #ISSUER}), {@code sub} ({@code alice}), {@code aud} ({@link #AUDIENCE}),
 * {@code iat} (now), {@code exp} (300 s later) and a random {@code jti}. Nothing is checked: what is asked for is
 * signed. Immutable and thread-safe: each method returns a new builder, and each {@link #text()} is a new token.
 */
public final class TokenBuilder {
    /** The {@code iss} of a token that is not told another. */
    public static final String ISSUER = "https://issuer.example";
    /** The {@code aud} of a token that is not told another. */
    public static final String AUDIENCE = "https://api.example";

    private static final long LIFETIME_SECONDS = 300;

    private final Draft draft;

    private TokenBuilder(Draft draft) {
        this.draft = draft;
    }

    /** A valid token of this key, with its key id (if any) and its default algorithm. */
    public static TokenBuilder signedBy(TestKey key) {
        TokenBuilder bare =
                new TokenBuilder(new Draft(key)).algorithm(key.algorithm()).type("at+jwt");
        return key.optionalKeyId()
                .map(id -> bare.header("kid", id))
                .orElse(bare)
                .issuer(ISSUER)
                .subject("alice")
                .audience(AUDIENCE)
                .issuedIn(0)
                .expiresIn(LIFETIME_SECONDS)
                .with(copy ->
                        copy.claims.put("jti", now -> Json.of(UUID.randomUUID().toString())));
    }

    /** The moment from which all times count; without it, that of {@link #text()}. */
    public TokenBuilder at(Instant now) {
        return with(copy -> copy.clock = () -> now);
    }

    /** {@code iss}. */
    public TokenBuilder issuer(String issuer) {
        return claim("iss", issuer);
    }

    /** {@code sub}. */
    public TokenBuilder subject(String subject) {
        return claim("sub", subject);
    }

    /** One audience becomes a string, none or several an array (RFC 7519 §4.1.3). */
    public TokenBuilder audience(String... audience) {
        return claim("aud", audience.length == 1 ? audience[0] : List.of(audience));
    }

    /** {@code exp}, so many seconds from the builder's clock; negative is in the past. */
    public TokenBuilder expiresIn(long seconds) {
        return time("exp", seconds);
    }

    /** {@code nbf}, so many seconds from the builder's clock; negative is in the past. */
    public TokenBuilder notBeforeIn(long seconds) {
        return time("nbf", seconds);
    }

    /** {@code iat}, so many seconds from the builder's clock; negative is in the past. */
    public TokenBuilder issuedIn(long seconds) {
        return time("iat", seconds);
    }

    /**
     * A claim of a JSON value: null, {@link Boolean}, finite {@link Number}, {@link String}, {@link List} or
     * {@link Map} with string names; anything else throws {@link IllegalArgumentException}.
     */
    public TokenBuilder claim(String name, @Nullable Object value) {
        return claimJson(name, Json.of(value));
    }

    /** A claim whose value is put in as it is, even if it is no JSON. */
    public TokenBuilder claimJson(String name, String rawJson) {
        return with(copy -> copy.claims.put(name, now -> rawJson));
    }

    /** Leaves the claim out; one that is not there is no mistake. */
    public TokenBuilder without(String claim) {
        return with(copy -> copy.claims.remove(claim));
    }

    /** A header member, of the values that {@link #claim(String, Object)} takes; {@code alg} does not change who signs how. */
    public TokenBuilder header(String name, @Nullable Object value) {
        return headerJson(name, Json.of(value));
    }

    /** A header member whose value is put in as it is, even if it is no JSON. */
    public TokenBuilder headerJson(String name, String rawJson) {
        return with(copy -> copy.header.put(name, rawJson));
    }

    /** Leaves the header member out; without {@code alg} the token is signed as before. */
    public TokenBuilder withoutHeader(String name) {
        return with(copy -> copy.header.remove(name));
    }

    /** The header's {@code typ}. */
    public TokenBuilder type(String typ) {
        return header("typ", typ);
    }

    /** The header's {@code alg} and the algorithm to sign with. */
    public TokenBuilder algorithm(String alg) {
        return header("alg", alg).with(copy -> copy.algorithm = alg);
    }

    /** Replaces the whole header by these characters. */
    public TokenBuilder rawHeader(String wholeJson) {
        return rawHeader(wholeJson.getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces the whole header by these bytes. */
    public TokenBuilder rawHeader(byte[] bytes) {
        byte[] own = bytes.clone();
        return with(copy -> copy.rawHeader = own);
    }

    /** Replaces the whole payload by these characters. */
    public TokenBuilder rawPayload(String wholeJson) {
        return rawPayload(wholeJson.getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces the whole payload by these bytes. */
    public TokenBuilder rawPayload(byte[] bytes) {
        byte[] own = bytes.clone();
        return with(copy -> copy.rawPayload = own);
    }

    /** Signs with another key and algorithm; the header stays. */
    public TokenBuilder signedWith(TestKey key, String algorithm) {
        return with(copy -> {
            copy.key = key;
            copy.algorithm = algorithm;
        });
    }

    /** These bytes instead of a signature. */
    public TokenBuilder signature(byte[] bytes) {
        byte[] own = bytes.clone();
        return with(copy -> copy.signature = own);
    }

    /** The token in compact form; throws as {@link TestKey#sign(String, byte[])} does if it cannot be signed. */
    public String text() {
        return sealed(headerBytes(), payloadBytes());
    }

    /**
     * The token in compact form, of exactly {@code length} characters, by spaces after its JSON; if it is longer
     * already, throws {@link IllegalArgumentException}.
     */
    public String text(int length) {
        byte[] header = headerBytes();
        byte[] payload = payloadBytes();
        int others = sealed(header, payload).length() - Base64Url.length(payload.length);
        if ((length - others) % 4 == 1) {
            // no base64 is 4 n + 1 long, so the header takes a character or two
            byte[] longer = padded(header, header.length + 1);
            others += Base64Url.length(longer.length) - Base64Url.length(header.length);
            header = longer;
        }
        int room = (length - others) * 3 / 4;
        if (room < payload.length) {
            throw new IllegalArgumentException("the token is longer than " + length + " characters");
        }
        return sealed(header, padded(payload, room));
    }

    int headerCount() {
        return draft.header.size();
    }

    int claimCount() {
        return draft.claims.size();
    }

    private String sealed(byte[] header, byte[] payload) {
        String input = Base64Url.encode(header) + "." + Base64Url.encode(payload);
        byte[] signature = draft.signature;
        if (signature == null) {
            signature = draft.key.sign(draft.algorithm, input.getBytes(StandardCharsets.US_ASCII));
        }
        return input + "." + Base64Url.encode(signature);
    }

    private byte[] headerBytes() {
        byte[] raw = draft.rawHeader;
        return raw != null ? raw : Json.object(draft.header).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] payloadBytes() {
        byte[] raw = draft.rawPayload;
        if (raw != null) {
            return raw;
        }
        Instant now = draft.clock.instant();
        Map<String, String> members = new LinkedHashMap<>();
        draft.claims.forEach((name, value) -> members.put(name, value.apply(now)));
        return Json.object(members).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] padded(byte[] json, int size) {
        byte[] padded = Arrays.copyOf(json, size);
        Arrays.fill(padded, json.length, size, (byte) ' ');
        return padded;
    }

    private TokenBuilder time(String name, long seconds) {
        return with(copy -> copy.claims.put(name, now -> Json.of(now.getEpochSecond() + seconds)));
    }

    private TokenBuilder with(Consumer<Draft> change) {
        Draft copy = new Draft(draft);
        change.accept(copy);
        return new TokenBuilder(copy);
    }

    /** What will be minted; changed only as a fresh copy, before a builder holds it. */
    private static final class Draft {
        private final Map<String, String> header = new LinkedHashMap<>();
        private final Map<String, Function<Instant, String>> claims = new LinkedHashMap<>();
        private InstantSource clock = InstantSource.system();
        private byte @Nullable [] rawHeader;
        private byte @Nullable [] rawPayload;
        private byte @Nullable [] signature;
        private TestKey key;
        private String algorithm;

        private Draft(TestKey key) {
            this.key = key;
            this.algorithm = key.algorithm();
        }

        private Draft(Draft other) {
            this(other.key);
            header.putAll(other.header);
            claims.putAll(other.claims);
            clock = other.clock;
            rawHeader = other.rawHeader;
            rawPayload = other.rawPayload;
            signature = other.signature;
            algorithm = other.algorithm;
        }
    }
}
