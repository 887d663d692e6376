package io.mapae.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Paths by whole segments, with case: {@code /a/b} exactly, {@code *} any run of characters within a segment, {@code
 * /a/**} the tree with its root. A trailing slash makes no difference, as most frameworks serve both alike.
 */
final class PathPattern {
    private static final String TREE = "**";

    /** Paths are compared decoded, and templates are not known here: a pattern with these would protect nothing. */
    private static final Pattern NEVER_IN_A_PATH = Pattern.compile("[?%{}\\p{C}]");

    private final List<Predicate<String>> segments;
    private final boolean tree;

    private PathPattern(List<Predicate<String>> segments, boolean tree) {
        this.segments = segments;
        this.tree = tree;
    }

    /** @throws IllegalArgumentException with what was expected */
    static PathPattern of(String text) {
        if (!text.startsWith("/") || NEVER_IN_A_PATH.matcher(text).find() || Target.isAmbiguous(text)) {
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

    /** The segments of a path, without empty ones. */
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (int from = 0; from < path.length(); ) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            if (to > from) {
                segments.add(path.substring(from, to));
            }
            from = to + 1;
        }
        return segments;
    }

    /** Piece by piece, each as early as possible: no pattern can be made to search twice. */
    private static Predicate<String> segment(String text) {
        List<String> pieces = List.of(text.split("\\*", -1));
        if (pieces.size() == 1) {
            return text::equals;
        }
        String first = pieces.get(0);
        String last = pieces.get(pieces.size() - 1);
        List<String> between = pieces.subList(1, pieces.size() - 1);
        return segment -> {
            int end = segment.length() - last.length();
            int at = first.length();
            if (end < at || !segment.startsWith(first) || !segment.endsWith(last)) {
                return false;
            }
            for (String piece : between) {
                int found = segment.indexOf(piece, at);
                if (found < 0 || found + piece.length() > end) {
                    return false;
                }
                at = found + piece.length();
            }
            return true;
        };
    }
}
