package io.mapae.jws;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the compact form, strictly: whatever two readers could understand differently is refused (RFC 7515 §5.2, RFC
 * 8725 §2). Safe for use by several threads.
 */
public final class TokenReader {
    private static final int MAX_HEADERS = 256;
    private static final int USUAL_LENGTH = 8_192;

    private final TokenTexts texts;

    /** An issuer writes the same few headers over and over. Only those of good tokens get here: nobody can flood it. */
    private final Map<String, Header> headers = new ConcurrentHashMap<>();

    /** A reader with room of its own, for tokens of a usual length. */
    public TokenReader() {
        this(new TokenTexts(USUAL_LENGTH));
    }

    /** A reader with room of {@code texts} for what it reads. */
    public TokenReader(TokenTexts texts) {
        this.texts = texts;
    }

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
        try (TokenText held = texts.open(text, 0)) {
            Optional<byte[]> payload = held.decode(first + 1, second);
            Optional<byte[]> signature = held.decode(second + 1, text.length());
            if (held.isEmpty() || payload.isEmpty() || signature.isEmpty()) {
                return Reading.flawed(Flaw.NOT_BASE64URL);
            }
            String headerText = text.substring(0, first);
            return header(headerText)
                    .then(header -> Reading.of(new SignedToken(
                            text, headerText, header, held.copy(second), payload.get(), signature.get())));
        }
    }

    /** Recognises this token's header from now on by its text; only for a token whose signature was good. */
    public void remember(SignedToken token) {
        String text = token.headerText();
        if (headers.containsKey(text)) {
            return; // as nearly always, without the lock that a map takes to put something in
        }
        if (headers.size() >= MAX_HEADERS) {
            headers.clear(); // an issuer that makes every header unique gains nothing here, and costs no memory
        }
        headers.putIfAbsent(text, token.header());
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
