package io.mapae.service.token;

/** An application wanted a claim in its tokens that does not belong there. */
public final class RefusedClaimException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_SHOWN = 64;

    /** @param name whose value is not told */
    RefusedClaimException(String name, String reason) {
        super("claim " + shown(name) + ": " + reason);
    }

    private static String shown(String name) {
        return name.codePoints()
                .limit(MAX_SHOWN)
                .map(character -> Character.isISOControl(character) ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
