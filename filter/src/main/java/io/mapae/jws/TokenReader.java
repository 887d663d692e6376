package io.mapae.jws;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the compact form, strictly: whatever two readers could understand differently is refused (RFC 7515 §5.2, RFC
 * 8725 §2). Safe for use by several threads.
 */
public final class TokenReader {
    private static final int MAX_HEADERS = 256;
    private static final int USUAL_LENGTH = 8_192;

    private final TokenTexts texts;

    /** An issuer writes the same few headers over and over. Only those of good tokens get here: nobody can flood it. */
    private final Map<String, ReadHeader> headers = new ConcurrentHashMap<>();

    /** The last good token's, which is nearly always the next one's too: nothing is cut out of a text to look for it. */
    private volatile @Nullable ReadHeader latest;

    /** A reader of tokens of a usual length. */
    public TokenReader() {
        this(USUAL_LENGTH);
    }

    /** A reader of tokens that are nearly all no longer than so many characters: it keeps room for these. */
    public TokenReader(int usualLength) {
        this.texts = new TokenTexts(usualLength);
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
            return header(text, first)
                    .then(header -> Reading.of(
                            new SignedToken(text, header, held.copy(second), payload.get(), signature.get())));
        }
    }

    /** What is to be kept of {@code token} to know it again. */
    public TokenPrint print(SignedToken token) {
        try (TokenText signature = texts.open(token.text(), token.signingInput().length + 1)) {
            return new TokenPrint(token, signature.digest(0).clone());
        }
    }

    /** Whether the end of {@code text}, from there on, is the very token that {@code print} is of, to the last character. */
    public boolean recognises(TokenPrint print, String text, int from) {
        try (TokenText held = texts.open(text, from)) {
            return print.isOf(held);
        }
    }

    /** Recognises this token's header from now on by its text; only for a token whose signature was good. */
    @SuppressWarnings("ReferenceEquality") // of an equal one the text would have to be compared
    public void remember(SignedToken token) {
        ReadHeader header = token.readHeader();
        if (header == latest) {
            return; // as nearly always
        }
        latest = header;
        if (headers.containsKey(header.text())) {
            return; // without the lock that a map takes to put something in
        }
        if (headers.size() >= MAX_HEADERS) {
            headers.clear(); // an issuer that makes every header unique gains nothing here, and costs no memory
        }
        headers.putIfAbsent(header.text(), header);
    }

    private Reading<ReadHeader> header(String text, int end) {
        ReadHeader last = latest;
        if (last != null && last.text().length() == end && text.startsWith(last.text())) {
            return Reading.of(last);
        }
        String own = text.substring(0, end);
        ReadHeader known = headers.get(own);
        return known != null
                ? Reading.of(known)
                : Base64Url.decode(own)
                        .map(utf8 -> Json.object(utf8).map(Header::of).orElseGet(() -> Reading.flawed(Flaw.NOT_JSON)))
                        .orElseGet(() -> Reading.flawed(Flaw.NOT_BASE64URL))
                        .then(header -> Reading.of(new ReadHeader(own, header)));
    }
}
