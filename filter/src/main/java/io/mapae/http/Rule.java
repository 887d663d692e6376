package io.mapae.http;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who may do what where: {@code [METHODS] PATTERN permit | deny | authenticated | role a,b | scope x,y [once] [ticket]}.
 * Immutable.
 *
 * @param methods the methods it is about; empty for all of them; {@code GET} covers {@code HEAD}
 * @param once whether each token is good for one request only
 * @param takesTickets whether a ticket does as well as a token
 */
record Rule(Set<String> methods, PathPattern pattern, Demand demand, boolean once, boolean takesTickets) {
    /** The words that stand for what is demanded. */
    private static final Map<String, Demand.Kind> WORDS = Map.of(
            "permit", Demand.Kind.PERMIT,
            "deny", Demand.Kind.DENY,
            "authenticated", Demand.Kind.AUTHENTICATED,
            "role", Demand.Kind.ROLE,
            "scope", Demand.Kind.SCOPE);

    /** Of RFC 9110, RFC 5789 and RFC 4918: a rule for a mistyped one would protect nothing. */
    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "PROPFIND",
            "PROPPATCH",
            "MKCOL",
            "COPY",
            "MOVE",
            "LOCK",
            "UNLOCK"));

    private static final Pattern METHODS = Pattern.compile("[A-Z]+(,[A-Z]+)*");
    private static final String GRAMMAR =
            "[METHODS] PATTERN permit | deny | authenticated | role a,b | scope x,y [once] [ticket],"
                    + " such as GET,POST /api/** role user";
    private static final String ONCE = "once";
    private static final String TICKET = "ticket";

    Rule {
        methods = Set.copyOf(methods);
    }

    /** @throws IllegalArgumentException with what was expected */
    static Rule parse(String text) {
        List<String> words = List.of(text.strip().split("\\s+"));
        boolean methods = METHODS.matcher(words.get(0)).matches();
        if (methods && !KNOWN.containsAll(names(words.get(0)))) {
            throw new IllegalArgumentException("methods among " + String.join(", ", KNOWN) + ", not " + words.get(0));
        }
        List<String> rest = words.subList(methods ? 1 : 0, words.size());
        if (rest.size() < 2) {
            throw new IllegalArgumentException(GRAMMAR);
        }
        Demand.Kind kind = WORDS.get(rest.get(1));
        boolean named = kind == Demand.Kind.ROLE || kind == Demand.Kind.SCOPE;
        if (kind == null || rest.size() < (named ? 3 : 2)) {
            throw new IllegalArgumentException(GRAMMAR);
        }
        List<String> more = rest.subList(named ? 3 : 2, rest.size());
        boolean once = more.contains(ONCE);
        boolean ticket = more.contains(TICKET);
        if (!more.equals(Stream.of(once ? ONCE : "", ticket ? TICKET : "")
                .filter(word -> !word.isEmpty())
                .toList())) {
            throw new IllegalArgumentException(GRAMMAR);
        }
        if (!more.isEmpty() && (kind == Demand.Kind.PERMIT || kind == Demand.Kind.DENY)) {
            throw new IllegalArgumentException(String.join(" ", more) + " only where a caller is needed");
        }
        return new Rule(
                methods ? names(words.get(0)) : Set.of(),
                PathPattern.of(rest.get(0)),
                new Demand(kind, named ? names(rest.get(2)) : Set.of()),
                once,
                ticket);
    }

    private static Set<String> names(String list) {
        Set<String> names = new LinkedHashSet<>(List.of(list.split(",", -1)));
        if (names.contains("")) {
            throw new IllegalArgumentException("names between the commas of " + list);
        }
        return names;
    }

    /** Whether no other rule can matter after it. */
    boolean isAboutEverything() {
        return methods.isEmpty() && pattern.isEverything();
    }

    boolean isAbout(String method) {
        return methods.isEmpty() || methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
    }
}
