package io.mapae.identity;

import io.mapae.jws.Json;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A caller as text, without the token: what is kept of one opens nothing by itself. */
public final class CallerText {
    private CallerText() {}

    /**
     * The text, in two lines: the claims have one of their own, as they may be as deep as JSON is read.
     *
     * @throws IllegalArgumentException if it could not be read again
     */
    public static String of(Caller caller) {
        Map<String, @Nullable Object> known = new LinkedHashMap<>();
        known.put("name", caller.getName());
        known.put("issuer", caller.issuer());
        known.put("expires", caller.expiresAt().toString());
        known.put("roles", List.copyOf(new TreeSet<>(caller.roles())));
        known.put("scopes", List.copyOf(new TreeSet<>(caller.scopes())));
        String text = Json.text(known) + "\n" + Json.text(caller.claims());
        if (read(text).isEmpty()) {
            throw new IllegalArgumentException("a caller who cannot be read again");
        }
        return text;
    }

    /** The caller, who has no token any more; empty where the text is none of ours. */
    public static Optional<Caller> read(String text) {
        int end = text.indexOf('\n');
        return end < 0
                ? Optional.empty()
                : object(text.substring(0, end))
                        .flatMap(known -> object(text.substring(end + 1)).flatMap(claims -> read(known, claims)));
    }

    private static Optional<Map<String, @Nullable Object>> object(String json) {
        return Json.object(json.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Caller> read(Map<String, @Nullable Object> known, Map<String, @Nullable Object> claims) {
        if (!(known.get("name") instanceof String name)
                || !(known.get("issuer") instanceof String issuer)
                || !(known.get("expires") instanceof String expires)
                || !(known.get("roles") instanceof List<?> roles)
                || !(known.get("scopes") instanceof List<?> scopes)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new TokenCaller(name, issuer, Instant.parse(expires), strings(roles), strings(scopes), claims));
        } catch (DateTimeException | ClassCastException noneOfOurs) {
            return Optional.empty();
        }
    }

    private static Set<String> strings(List<?> elements) {
        return Set.copyOf(elements.stream().map(String.class::cast).toList());
    }
}
