package io.mapae.http;

import io.mapae.identity.Caller;
import io.mapae.verify.Reason;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private static final Pattern METHODS = Pattern.compile("[A-Z]+(,[A-Z]+)*");
    private static final String GRAMMAR =
            "[METHODS] PATTERN permit | deny | authenticated | role a,b | scope x,y, such as GET,POST /api/** role user";

    /** @throws IllegalArgumentException with what was expected */
    static Rule parse(String text) {
        List<String> words = List.of(text.strip().split("\\s+"));
        boolean methods = METHODS.matcher(words.get(0)).matches();
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
                .filter(access ->
                        access.name().toLowerCase(java.util.Locale.ROOT).equals(word))
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
