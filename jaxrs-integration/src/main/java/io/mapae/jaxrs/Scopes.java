package io.mapae.jaxrs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The scopes (RFC 6749 §3.3) that a token needs for a resource method, or for all methods of a resource class that say
 * nothing else. A caller without a token gets 401; one whose token lacks a scope gets 403 with {@code insufficient_scope}
 * and the scopes. It stands beside {@code @RolesAllowed}: where both are present, both must be satisfied.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Scopes {
    /** At least one; each printable ASCII without space, quote and backslash. */
    String[] value();

    /** Whether one of them is enough; else all are needed. */
    boolean any() default false;
}
