package io.mapae.identity;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where in the claims roles stand: {@code realm_access/roles} names a member of a member. A claim whose whole name is the
 * path, such as {@code https://example.org/roles}, comes first. {@code {audience}} stands for each accepted audience,
 * {@code *} for every member, each as a whole step. Immutable.
 */
public final class ClaimPath {
    private static final String ANY = "*";
    private static final String AUDIENCE = "{audience}";

    private final String text;
    private final List<String> steps;

    /** The path that {@code text} writes, its steps between slashes. */
    public ClaimPath(String text) {
        this.text = text;
        this.steps = List.of(text.split("/"));
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** Whether it reads what any client was granted, not only this one. */
    public boolean isWild() {
        return steps.contains(ANY);
    }

    /** Whether it depends on the audience. */
    public boolean namesAudience() {
        return steps.contains(AUDIENCE);
    }

    /** The strings at this path: of an array its elements, of a string its words. What is of another type gives none. */
    Stream<String> strings(Map<String, @Nullable Object> claims, Set<String> audiences) {
        Object whole = claims.get(text);
        return (whole != null ? Stream.of(whole) : at(claims, steps, audiences)).flatMap(ClaimPath::words);
    }

    private static Stream<Object> at(Object value, List<String> steps, Set<String> audiences) {
        if (steps.isEmpty()) {
            return Stream.of(value);
        }
        if (!(value instanceof Map<?, ?> members)) {
            return Stream.empty();
        }
        List<String> rest = steps.subList(1, steps.size());
        return members(members, steps.get(0), audiences).flatMap(member -> at(member, rest, audiences));
    }

    private static Stream<Object> members(Map<?, ?> members, String step, Set<String> audiences) {
        Stream<?> found =
                switch (step) {
                    case ANY -> members.values().stream();
                    case AUDIENCE -> audiences.stream().map(members::get);
                    default -> Stream.ofNullable(members.get(step));
                };
        return found.filter(Objects::nonNull).map(Object.class::cast);
    }

    private static Stream<String> words(Object value) {
        if (value instanceof String text) {
            return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty());
        }
        return value instanceof List<?> list
                ? list.stream().filter(String.class::isInstance).map(String.class::cast)
                : Stream.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
