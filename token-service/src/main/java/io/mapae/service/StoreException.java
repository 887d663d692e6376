package io.mapae.service;

import java.io.IOException;

/** A store is out of reach, or too busy to answer in time, which says nothing about what it was asked. */
public final class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message for whoever operates it */
    public StoreException(String message) {
        super(message);
    }

    /** @param message for whoever operates it; nothing of what is stored */
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
