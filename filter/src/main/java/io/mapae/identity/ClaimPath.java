package io.mapae.identity;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where in the claims roles stand: {@code realm_access/roles} names a member of a member. A claim whose whole name is the
 * path, such as {@code https://example.org/roles}, comes first. {@code {audience}} stands for each accepted audience,
 * {@code *} for every member.
 */
public record ClaimPath(String text) {
    private static final String ANY = "*";
    private static final String AUDIENCE = "{audience}";

    /** Whether it reads what any client was granted, not only this one. */
    public boolean isWild() {
        return List.of(text.split("/")).contains(ANY);
    }

    /** Whether it depends on the audience. */
    public boolean namesAudience() {
        return text.contains(AUDIENCE);
    }

    /** The strings at this path: of an array its elements, of a string its words. What is of another type gives none. */
    Stream<String> strings(Map<String, @Nullable Object> claims, Set<String> audiences) {
        Object whole = claims.get(text);
        return (whole != null ? Stream.of(whole) : at(claims, List.of(text.split("/")), audiences))
                .flatMap(ClaimPath::words);
    }

    private static Stream<Object> at(Object value, List<String> path, Set<String> audiences) {
        if (path.isEmpty()) {
            return Stream.of(value);
        }
        if (!(value instanceof Map<?, ?> members)) {
            return Stream.empty();
        }
        List<String> rest = path.subList(1, path.size());
        return members(members, path.get(0), audiences).flatMap(member -> at(member, rest, audiences));
    }

    private static Stream<Object> members(Map<?, ?> members, String name, Set<String> audiences) {
        Collection<?> found =
                switch (name) {
                    case ANY -> members.values();
                    case AUDIENCE -> audiences.stream().map(members::get).toList();
                    default -> Optional.ofNullable(members.get(name)).stream().toList();
                };
        return found.stream().flatMap(Stream::ofNullable);
    }

    private static Stream<String> words(Object value) {
        if (value instanceof String text) {
            return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty());
        }
        return value instanceof List<?> list
                ? list.stream().filter(String.class::isInstance).map(String.class::cast)
                : Stream.empty();
    }
}
