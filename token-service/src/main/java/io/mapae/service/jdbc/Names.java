package io.mapae.service.jdbc;

import io.mapae.service.account.Account;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What names, roles and scopes have to be so that every database keeps them as they are. */
final class Names {
    private static final int MAX_LENGTH = 255;
    private static final int MAX_SCOPES = 2000;

    /** RFC 6749 §3.3. */
    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]+");

    private Names() {}

    /** Not empty, at most 255 characters, no control characters, no halves of surrogate pairs. */
    static boolean isName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
    }

    static void check(Account account) {
        if (!isName(account.name())) {
            throw new IllegalArgumentException("a name has 1 to " + MAX_LENGTH + " characters, no control characters");
        }
        checkRoles(account.roles());
        checkScopes(account.scopes());
    }

    static void checkRoles(Set<String> roles) {
        if (!roles.stream().allMatch(Names::isName)) {
            throw new IllegalArgumentException("a role has 1 to " + MAX_LENGTH + " characters, no control characters");
        }
    }

    static void checkScopes(Set<String> scopes) {
        if (!scopes.stream().allMatch(scope -> SCOPE.matcher(scope).matches())) {
            throw new IllegalArgumentException("a scope has printable ASCII characters, no blank, quote or backslash");
        }
        if (joined(scopes).length() > MAX_SCOPES) {
            throw new IllegalArgumentException("all scopes together have at most " + MAX_SCOPES + " characters");
        }
    }

    static String joined(Set<String> scopes) {
        return String.join(" ", new TreeSet<>(scopes));
    }

    static Set<String> split(String scopes) {
        return scopes.isEmpty() ? Set.of() : Set.of(scopes.split(" ", -1));
    }
}
