package io.mapae.identity;

import java.security.Principal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: the principal of a request that came with a good token. One is made for each request; it is immutable,
 * {@code Serializable} without its token, equal to another one of the same issuer and name, and prints only these two.
 */
public interface Caller extends Principal {
    /** The caller behind {@code principal}, where it is one of ours. */
    static Optional<Caller> of(@Nullable Principal principal) {
        return principal instanceof Caller caller ? Optional.of(caller) : Optional.empty();
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
