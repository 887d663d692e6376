package io.mapae.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A claim is of another type than the application asked for: the token's fault or the application's, never an outage. */
public final class ClaimTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** How deep frameworks wrap what applications throw, generously; chains of causes may be endless. */
    private static final int MAX_DEPTH = 16;

    ClaimTypeException(String claim, Class<?> type) {
        super("claim " + claim + " is no " + type.getSimpleName());
    }

    /** The one in or behind {@code failure}; empty where something else failed. */
    public static Optional<ClaimTypeException> in(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof ClaimTypeException found) {
                return Optional.of(found);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** The claim and the type that it is not, as the application named them; nothing of the claim's value. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
