package io.mapae.jws;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the compact form, strictly: whatever two readers could understand differently is refused (RFC 7515 §5.2, RFC
 * 8725 §2). Safe for use by several threads.
 */
public final class TokenReader {
    private static final int MAX_HEADERS = 256;

    /** An issuer writes the same few headers over and over. Only those of good tokens get here: nobody can flood it. */
    private final Map<String, Header> headers = new ConcurrentHashMap<>();

    /**
     * The token that {@code text} is, up to its payload, or its first flaw. Its length is the caller's to bound. Claims
     * are a JSON object, so no part of a token is ever empty (RFC 7519 §7.2).
     */
    public Reading<SignedToken> read(String text) {
        return text.contains("..") ? Reading.flawed(Flaw.NOT_COMPACT) : readJws(text);
    }

    /** The same for any JWS (RFC 7515 §7.1), whose payload is anything, also nothing. */
    Reading<SignedToken> readJws(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 1 || second < 0 || second == text.length() - 1 || text.indexOf('.', second + 1) >= 0) {
            return Reading.flawed(Flaw.NOT_COMPACT);
        }
        // A character beyond ISO 8859-1 becomes a question mark here, which is as foreign to base64url.
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        Optional<byte[]> payload = Base64Url.decode(bytes, first + 1, second);
        Optional<byte[]> signature = Base64Url.decode(bytes, second + 1, bytes.length);
        if (payload.isEmpty() || signature.isEmpty()) {
            return Reading.flawed(Flaw.NOT_BASE64URL);
        }
        String headerText = text.substring(0, first);
        return header(headerText)
                .then(header -> Reading.of(new SignedToken(
                        headerText, header, Arrays.copyOf(bytes, second), payload.get(), signature.get())));
    }

    /** Recognises this token's header from now on by its text; only for a token whose signature was good. */
    public void remember(SignedToken token) {
        if (headers.size() >= MAX_HEADERS) {
            headers.clear(); // an issuer that makes every header unique gains nothing here, and costs no memory
        }
        headers.putIfAbsent(token.headerText(), token.header());
    }

    private Reading<Header> header(String text) {
        Header known = headers.get(text);
        return known != null
                ? Reading.of(known)
                : Base64Url.decode(text)
                        .map(utf8 -> Json.object(utf8).map(Header::of).orElseGet(() -> Reading.flawed(Flaw.NOT_JSON)))
                        .orElseGet(() -> Reading.flawed(Flaw.NOT_BASE64URL));
    }
}
