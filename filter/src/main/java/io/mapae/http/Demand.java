package io.mapae.http;

import io.mapae.http.Request.User;
import io.mapae.identity.Caller;
import io.mapae.verify.Reason;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What is asked of a caller, by a rule or by an annotation. Immutable.
 *
 * @param names the roles or scopes, in their order, which the challenge's {@code scope} shows; empty for other kinds
 */
public record Demand(Kind kind, Set<String> names) {
    /** In what way. */
    public enum Kind {
        /** Nothing, not even a caller. */
        PERMIT,
        /** Nobody may. */
        DENY,
        /** A caller. */
        AUTHENTICATED,
        /** A caller with one of the roles. */
        ROLE,
        /** A caller with all of the scopes. */
        SCOPE,
        /** A caller with one of the scopes. */
        ANY_SCOPE
    }

    public static final Demand PERMIT = new Demand(Kind.PERMIT, Set.of());
    public static final Demand DENY = new Demand(Kind.DENY, Set.of());
    public static final Demand AUTHENTICATED = new Demand(Kind.AUTHENTICATED, Set.of());

    /** @throws IllegalArgumentException if names are missing where they are needed, or there where they are not */
    public Demand {
        names = Collections.unmodifiableSet(new LinkedHashSet<>(names));
        boolean named = kind == Kind.ROLE || kind == Kind.SCOPE || kind == Kind.ANY_SCOPE;
        if (named == names.isEmpty()) {
            throw new IllegalArgumentException(kind + " with " + names.size() + " names");
        }
    }

    /** Why {@code caller} may not, or the container's user where there is no caller; empty if they may. */
    Optional<Reason> objection(Optional<Caller> caller, Supplier<Optional<User>> user) {
        if (kind == Kind.PERMIT) {
            return Optional.empty();
        }
        if (caller.isPresent()) {
            Caller known = caller.get();
            return objection(known::isInRole, known.scopes());
        }
        Optional<User> other = user.get();
        return other.isPresent()
                ? objection(role -> role.equals("**") || other.get().isInRole(role), Set.of())
                : Optional.of(Reason.NO_TOKEN);
    }

    private Optional<Reason> objection(Predicate<String> isInRole, Set<String> scopes) {
        return switch (kind) {
            case PERMIT, AUTHENTICATED -> Optional.empty();
            case DENY -> Optional.of(Reason.DENIED);
            case ROLE -> missing(any(isInRole), Reason.ROLE_MISSING);
            case SCOPE -> missing(scopes.containsAll(names), Reason.SCOPE_MISSING);
            case ANY_SCOPE -> missing(any(scopes::contains), Reason.SCOPE_MISSING);
        };
    }

    /** Without a stream, as it is asked for each request. */
    private boolean any(Predicate<String> has) {
        for (String name : names) {
            if (has.test(name)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Reason> missing(boolean present, Reason reason) {
        return present ? Optional.empty() : Optional.of(reason);
    }

    /** In the words of rules. */
    String text() {
        String word =
                switch (kind) {
                    case PERMIT -> "permit";
                    case DENY -> "deny";
                    case AUTHENTICATED -> "authenticated";
                    case ROLE -> "role";
                    case SCOPE -> "scope";
                    case ANY_SCOPE -> "any scope of";
                };
        return (word + " " + String.join(",", names)).strip();
    }
}
