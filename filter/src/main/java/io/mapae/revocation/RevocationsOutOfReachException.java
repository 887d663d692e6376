package io.mapae.revocation;

import java.io.IOException;

/** What was revoked is not known now. Its message tells why, in words of ours. */
final class RevocationsOutOfReachException extends IOException {
    private static final long serialVersionUID = 1L;

    RevocationsOutOfReachException(String message) {
        super(message);
    }

    /** Without a trace: in an outage there is one for each request, and all of them come from the same place. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
