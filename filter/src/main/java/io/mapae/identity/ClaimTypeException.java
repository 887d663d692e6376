package io.mapae.identity;

/** A claim is of another type than the application asked for: the token's fault or the application's, never an outage. */
public final class ClaimTypeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClaimTypeException(String claim, Class<?> type) {
        super("claim " + claim + " is no " + type.getSimpleName());
    }

    /** The claim and the type that it is not, as the application named them; nothing of the claim's value. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
