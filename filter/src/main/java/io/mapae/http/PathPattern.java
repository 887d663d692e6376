package io.mapae.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Paths by whole segments, with case: {@code /a/b} exactly, {@code *} any run of characters within a segment, {@code
 * /a/**} the tree with its root. A trailing slash makes no difference, as most frameworks serve both alike.
 */
final class PathPattern {
    private static final String TREE = "**";

    private final List<Predicate<String>> segments;
    private final boolean tree;

    private PathPattern(List<Predicate<String>> segments, boolean tree) {
        this.segments = segments;
        this.tree = tree;
    }

    /** @throws IllegalArgumentException with what was expected */
    static PathPattern of(String text) {
        if (!text.startsWith("/") || text.indexOf('?') >= 0 || Target.isAmbiguous(text)) {
            throw new IllegalArgumentException("a path pattern such as /api/** or /files/*.pdf, not " + text);
        }
        List<String> names = new ArrayList<>(segments(text));
        boolean tree = !names.isEmpty() && names.get(names.size() - 1).equals(TREE);
        if (tree) {
            names.remove(names.size() - 1);
        }
        if (names.stream().anyMatch(name -> name.contains(TREE))) {
            throw new IllegalArgumentException("** only as the last segment of a path pattern, not " + text);
        }
        return new PathPattern(names.stream().map(PathPattern::segment).toList(), tree);
    }

    /** Whether it covers every path. */
    boolean isEverything() {
        return tree && segments.isEmpty();
    }

    boolean matches(List<String> path) {
        if (path.size() < segments.size() || (path.size() > segments.size() && !tree)) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!segments.get(i).test(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The segments of a path, without the empty ones before its first and after its last slash. */
    static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    private static Predicate<String> segment(String text) {
        if (text.indexOf('*') < 0) {
            return text::equals;
        }
        String regex = Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.DOTALL).asMatchPredicate();
    }
}
