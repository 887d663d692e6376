package io.mapae.keys;

import java.io.IOException;

/** An issuer's keys cannot be had now. Its message tells why, in words of ours. */
final class KeysOutOfReachException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean refused;

    KeysOutOfReachException(String message) {
        this(message, false);
    }

    /** @param refused whether something was there, and was not good */
    KeysOutOfReachException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    boolean isRefused() {
        return refused;
    }

    /** Without a trace: in an outage there is one for each request, and all of them come from the same place. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
