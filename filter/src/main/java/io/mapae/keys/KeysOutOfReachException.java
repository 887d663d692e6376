package io.mapae.keys;

import java.io.IOException;

/** An issuer's keys cannot be had now. Its message tells why, in words of ours. */
final class KeysOutOfReachException extends IOException {
    private static final long serialVersionUID = 1L;

    KeysOutOfReachException(String message) {
        super(message);
    }

    /** Without a trace: in an outage there is one for each request, and all of them come from the same place. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
