package io.mapae.http;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Paths by whole segments, with case: {@code /a/b} exactly, {@code *} any run of characters within a segment, {@code
 * /a/**} the tree with its root. A trailing slash makes no difference, as most frameworks serve both alike.
 */
final class PathPattern {
    private static final String TREE = "**";

    /** Paths are compared decoded, and templates are not known here: a pattern with these would protect nothing. */
    private static final Pattern NEVER_IN_A_PATH = Pattern.compile("[?%{}\\p{C}]");

    /** What a segment of a path must be, which is not cut out for it, as every request is looked at. */
    @FunctionalInterface
    private interface Segment {
        boolean matches(String path, int from, int to);
    }

    private final List<Segment> segments;
    private final boolean tree;

    private PathPattern(List<Segment> segments, boolean tree) {
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

    boolean matches(String path) {
        int at = 0;
        for (Segment segment : segments) {
            int from = start(path, at);
            at = end(path, from);
            if (from == at || !segment.matches(path, from, at)) {
                return false;
            }
        }
        return tree || start(path, at) == path.length();
    }

    /** Where the next segment begins; the path's end where there is none. */
    private static int start(String path, int from) {
        int start = from;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        return start;
    }

    private static int end(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    /** The segments of a path, without empty ones. */
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (int from = start(path, 0); from < path.length(); ) {
            int to = end(path, from);
            segments.add(path.substring(from, to));
            from = start(path, to);
        }
        return segments;
    }

    /** Piece by piece, each as early as possible: no pattern can be made to search twice. */
    private static Segment segment(String text) {
        List<String> pieces = List.of(text.split("\\*", -1));
        if (pieces.size() == 1) {
            return (path, from, to) -> to - from == text.length() && path.startsWith(text, from);
        }
        String first = pieces.get(0);
        String last = pieces.get(pieces.size() - 1);
        List<String> between = pieces.subList(1, pieces.size() - 1);
        return (path, from, to) -> {
            int end = to - last.length();
            int at = from + first.length();
            if (end < at || !path.startsWith(first, from) || !path.startsWith(last, end)) {
                return false;
            }
            for (String piece : between) {
                int found = path.indexOf(piece, at);
                if (found < 0 || found + piece.length() > end) {
                    return false;
                }
                at = found + piece.length();
            }
            return true;
        };
    }
}
