package io.mapae.jws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a token's header takes part in its verification (RFC 7515 §4.1). {@code jwk}, {@code jku}, {@code x5u} and
 * {@code x5c} do not: a token never brings the key that it is checked with.
 */
public record Header(Algorithm algorithm, Optional<String> keyId, Optional<String> type) {
    static final int MAX_KEY_ID_LENGTH = 1024;
    private static final List<String> UNSUPPORTED = List.of("crit", "b64", "zip", "cty");

    /** RFC 7515 §5.2, steps 3 to 5. */
    static Reading<Header> of(Map<String, @Nullable Object> members) {
        for (String name : UNSUPPORTED) {
            if (members.containsKey(name)) {
                return Reading.flawed(Flaw.UNSUPPORTED_HEADER, name);
            }
        }
        for (String name : List.of("kid", "typ")) {
            if (members.containsKey(name) && !(members.get(name) instanceof String)) {
                return Reading.flawed(Flaw.BAD_HEADER, name);
            }
        }
        if (!(members.get("alg") instanceof String name)) {
            return Reading.flawed(Flaw.BAD_HEADER, "alg");
        }
        Optional<String> keyId = text(members, "kid");
        if (keyId.isPresent() && keyId.get().length() > MAX_KEY_ID_LENGTH) {
            return Reading.flawed(Flaw.BAD_HEADER, "kid");
        }
        return Algorithm.named(name)
                .map(algorithm -> Reading.of(new Header(algorithm, keyId, text(members, "typ"))))
                .orElseGet(() -> Reading.flawed(Flaw.UNKNOWN_ALGORITHM, "alg"));
    }

    private static Optional<String> text(Map<String, @Nullable Object> members, String name) {
        return Optional.ofNullable((String) members.get(name));
    }
}
