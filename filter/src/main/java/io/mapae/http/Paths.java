package io.mapae.http;

import java.util.Collection;
import java.util.List;

/** Some of an application's paths, by patterns as in rules. Immutable. */
public final class Paths {
    /** No path at all. */
    public static final Paths NONE = new Paths(List.of());

    private final List<PathPattern> patterns;

    private Paths(List<PathPattern> patterns) {
        this.patterns = patterns;
    }

    /**
     * Those that any of the patterns covers, such as {@code /auth/**}.
     *
     * @throws IllegalArgumentException with what was expected
     */
    public static Paths of(Collection<String> patterns) {
        return new Paths(patterns.stream().map(PathPattern::of).toList());
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    /** Whether it is one of them; it begins with a slash, decoded and normalised. */
    boolean cover(String path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }
}
