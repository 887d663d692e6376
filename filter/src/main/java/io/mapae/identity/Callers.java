package io.mapae.identity;

import io.mapae.verify.VerifiedToken;
import java.util.Map;
import java.util.Objects;

/** Makes callers of verified tokens. Implementations are safe for use by several threads. */
@FunctionalInterface
public interface Callers {
    /**
     * The caller of a request that came with {@code token}, which is the end of {@code text}, from there on: to be cut out
     * only where somebody asks for it.
     */
    Caller caller(VerifiedToken token, String text, int from);

    /** Each issuer's tokens by the mapping under its name, which no issuer lacks. */
    static Callers of(Map<String, CallerMapping> mappings) {
        Map<String, CallerMapping> all = Map.copyOf(mappings);
        return (token, text, from) ->
                Objects.requireNonNull(all.get(token.issuer())).caller(token, text, from);
    }
}
