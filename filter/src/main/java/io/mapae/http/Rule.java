package io.mapae.http;

import io.mapae.identity.Caller;
import io.mapae.verify.Reason;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Who may do what where: {@code [METHODS] PATTERN permit | deny | authenticated | role a,b | scope x,y}. Immutable.
 *
 * @param methods the methods it is about; empty for all of them; {@code GET} covers {@code HEAD}
 * @param names the roles, any of which is needed, or the scopes, all of which are
 */
record Rule(Set<String> methods, PathPattern pattern, Access access, Set<String> names) {
    enum Access {
        PERMIT,
        DENY,
        AUTHENTICATED,
        ROLE,
        SCOPE
    }

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
            "[METHODS] PATTERN permit | deny | authenticated | role a,b | scope x,y, such as GET,POST /api/** role user";

    /** In their order, which the challenge's {@code scope} shows. */
    Rule {
        methods = Set.copyOf(methods);
        names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
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
        Access access = access(rest.get(1));
        boolean named = access == Access.ROLE || access == Access.SCOPE;
        if (rest.size() != (named ? 3 : 2)) {
            throw new IllegalArgumentException(GRAMMAR);
        }
        return new Rule(
                methods ? names(words.get(0)) : Set.of(),
                PathPattern.of(rest.get(0)),
                access,
                named ? names(rest.get(2)) : Set.of());
    }

    private static Access access(String word) {
        return Arrays.stream(Access.values())
                .filter(access -> access.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(GRAMMAR));
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

    /** What it asks of a caller, in its own words. */
    String demand() {
        return (access.name().toLowerCase(Locale.ROOT) + " " + String.join(",", names)).strip();
    }

    boolean isAbout(String method) {
        return methods.isEmpty() || methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
    }

    /** Why {@code caller} may not; empty if they may. */
    Optional<Reason> objection(Optional<Caller> caller) {
        if (access == Access.PERMIT) {
            return Optional.empty();
        }
        if (caller.isEmpty()) {
            return Optional.of(Reason.NO_TOKEN);
        }
        return switch (access) {
            case PERMIT, AUTHENTICATED -> Optional.empty();
            case DENY -> Optional.of(Reason.DENIED);
            case ROLE ->
                names.stream().anyMatch(caller.get().roles()::contains)
                        ? Optional.empty()
                        : Optional.of(Reason.ROLE_MISSING);
            case SCOPE ->
                caller.get().scopes().containsAll(names) ? Optional.empty() : Optional.of(Reason.SCOPE_MISSING);
        };
    }
}
