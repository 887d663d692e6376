package io.mapae.service.session;

import io.mapae.service.account.Account;
import java.util.Optional;

/** What becomes of a refresh token that is presented. */
public sealed interface Refresh {
    /**
     * The session goes on.
     *
     * @param account as it is now
     * @param token the current one
     * @param repeated whether an answer is given once more, to whoever did not get it
     */
    record Renewed(Session session, Account account, RefreshToken token, boolean repeated) implements Refresh {}

    /** It does not. */
    record Refused(Why why) implements Refresh {}

    /** Why not. */
    enum Why {
        /** It has not the form of a token. */
        MALFORMED,
        /** It was never issued here. */
        NEVER_ISSUED,
        /** Its session was ended. */
        ENDED,
        /** Its session was not used in time, or is too old. */
        EXPIRED,
        /** It came by another way than its session's. */
        OTHER_TRANSPORT,
        /** It had a successor already: somebody else has it too, so the session was ended. */
        USED_AGAIN,
        /** Its account is disabled or gone; the session was ended. */
        ACCOUNT_CLOSED,
        /** Its account has had another password since, or was disabled for a while; the session was ended. */
        CREDENTIALS_CHANGED
    }

    /** The session, if it goes on. */
    default Optional<Renewed> renewed() {
        return this instanceof Renewed renewed ? Optional.of(renewed) : Optional.empty();
    }
}
