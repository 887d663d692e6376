package io.mapae.redis;

/**
 * What our keys are called. All have the hash tag {@code {mapae}}: a cluster keeps them in one slot, so on one of its nodes,
 * as the scripts touch several of them at once. Redis must not evict them ({@code maxmemory-policy noeviction}).
 */
final class Keys {
    /** Every session by when it is over. */
    static final String SESSIONS = "{mapae}:sessions";

    /** Followed by its id: the fields of a session. */
    static final String SESSION = "{mapae}:session:";

    /** Followed by its name: the ids of the account's sessions, by when they end. */
    static final String ACCOUNT = "{mapae}:account:";

    /** Followed by what they are counted by. */
    static final String ATTEMPTS = "{mapae}:attempts:";

    /** Followed by what may be used once, or is kept until then. */
    static final String ONCE = "{mapae}:once:";

    /** What is denied, as {@code sid:…} or {@code jti:…}, by until when. */
    static final String DENIED = "{mapae}:denied";

    /** The last of the writes to {@link #DENIED}, a stream, numbered without gaps. */
    static final String DENIALS = "{mapae}:denials";

    /** Where each write to {@link #DENIED} is told. */
    static final String CHANNEL = "mapae:revocations";

    private Keys() {}
}
