package io.mapae.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: the principal of a request that came with a good token. One is made for each request; it is immutable,
 * {@code Serializable} without its token, equal to another one of the same issuer, name, roles and scopes, and
 * prints only the first two.
 */
public interface Caller extends Principal {
    /** The caller behind {@code principal}, where it is one of ours. */
    static Optional<Caller> of(@Nullable Principal principal) {
        return principal instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }

    /**
     * Who calls on this thread: where the container puts a principal of its own in our place, or where there is no request
     * at hand. Empty on threads of the application's own, unless the work was {@link #wrap wrapped}.
     */
    static Optional<Caller> current() {
        return CurrentCaller.get();
    }

    /** The same work, for another thread, in the name of who calls on this one. */
    static Runnable wrap(Runnable work) {
        Optional<Caller> caller = current();
        return () -> {
            Runnable leave = CurrentCaller.enter(() -> caller);
            try {
                work.run();
            } finally {
                leave.run();
            }
        };
    }

    /** The same work, for another thread, in the name of who calls on this one. */
    static <T> Callable<T> wrap(Callable<T> work) {
        Optional<Caller> caller = current();
        return () -> {
            Runnable leave = CurrentCaller.enter(() -> caller);
            try {
                return work.call();
            } finally {
                leave.run();
            }
        };
    }

    /** The same executor, which does all work in the name of who calls when it is handed over. */
    static Executor wrap(Executor executor) {
        return work -> executor.execute(wrap(work));
    }

    /**
     * A claim of the token. Strings, booleans, lists and maps come as they are; a number as {@code Long}, {@code Integer},
     * {@code Double}, {@code BigDecimal} or {@code BigInteger}, whichever holds it exactly, and as {@code Instant} where
     * it is a NumericDate (RFC 7519 §2).
     *
     * @return the claim, or empty where it is missing or null
     * @throws ClaimTypeException if it is of another type; left uncaught, it becomes a response of 403
     */
    <T> Optional<T> claim(String name, Class<T> type);

    /** All claims in their order, unmodifiable. */
    Map<String, @Nullable Object> claims();

    /** The roles, after {@code role-mapping}. */
    Set<String> roles();

    /**
     * What {@code isUserInRole} answers: {@code **} is the role of every caller and {@code *} of none (Jakarta Servlet 6.0
     * §13.3); any other name is matched with case.
     */
    default boolean isInRole(@Nullable String role) {
        return "**".equals(role) || (role != null && !role.equals("*") && roles().contains(role));
    }

    /** The scopes (RFC 8693 §4.2). */
    Set<String> scopes();

    /** Who says so: the token's {@code iss}. */
    String issuer();

    /** The token's {@code exp}. */
    Instant expiresAt();

    /** The token itself, to be sent on to a service that the caller may use; empty after deserialisation. */
    Optional<String> token();
}
