package io.mapae.http;

/** A caller has had too many tickets lately; to be asked for again half a minute later. */
public final class TooManyTicketsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyTicketsException() {
        super("the caller has had too many tickets lately", null, false, false);
    }
}
