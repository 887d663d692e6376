package io.mapae.service.session;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A login that goes on: the family of refresh tokens that came of it. Times have milliseconds. Immutable.
 *
 * @param id random, the {@code sid} of its access tokens
 * @param account by name
 * @param device as whoever logged in calls it; may be empty
 * @param transport by which its refresh token travels, for good
 * @param scopes what was granted at the login, in order
 * @param audiences whom its access tokens are for, at least one
 * @param credentialVersion its account's, as it logged in; with another one it is over
 * @param generation of the current token; the first is 0
 * @param current the digest of the current token
 * @param previous the digest of the one before; empty in generation 0
 * @param rotated when the current token took its place: the grace period begins
 * @param idleUntil when it ends unless it is used; a use at exactly this time is too late
 * @param endsAt when it ends however much it is used
 */
public record Session(
        String id,
        String account,
        String device,
        Transport transport,
        Set<String> scopes,
        List<String> audiences,
        long credentialVersion,
        Instant created,
        Instant lastUsed,
        Instant idleUntil,
        Instant endsAt,
        long generation,
        String current,
        Optional<String> previous,
        Instant rotated) {
    /** How a refresh token travels. */
    public enum Transport {
        /** In a cookie that no script can read. */
        COOKIE,
        /** In the body, for clients that are no browsers. */
        BODY
    }

    /** What an id of an access token has at most, to be denied. */
    public static final int MAX_TOKEN_ID = 512;

    private static final int MAX_ID = 64;
    private static final int MAX_ACCOUNT = 255;
    private static final int MAX_DEVICE = 256;

    /** @throws IllegalArgumentException if not every store can keep it */
    public Session {
        scopes = Set.copyOf(scopes);
        audiences = List.copyOf(audiences);
        if (!isId(id) || !isAccount(account) || !fits(device, MAX_DEVICE)) {
            throw new IllegalArgumentException("an id, an account or a device that cannot be kept");
        }
    }

    /** Whether a session may have that id; there is none of any other. */
    public static boolean isId(String text) {
        return fits(text, MAX_ID);
    }

    /** Whether a session may be of that account; there is none of any other. */
    public static boolean isAccount(String text) {
        return fits(text, MAX_ACCOUNT);
    }

    /**
     * Whether every store keeps it as it is: it has neither NUL nor halves of surrogate pairs, which some refuse and others
     * take for something else.
     */
    public static boolean fits(String text, int maxLength) {
        return text.length() <= maxLength
                && text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    /** Whether it is over by then. */
    public boolean isOver(Instant now) {
        return !now.isBefore(idleUntil) || !now.isBefore(endsAt);
    }
}
