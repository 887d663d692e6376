package io.mapae.http;

import java.util.List;
import java.util.Optional;

/**
 * What {@link Gate} asks of a request. Each adapter implements it once, and decides nothing in doing so.
 * It is asked by one thread, the request's own.
 */
public interface Request {
    /** As it was sent, with its case. */
    String method();

    /** Relative to the application, decoded and normalised by the container, beginning with a slash. */
    String path();

    /** The path as it was sent: neither decoded nor normalised, without the query. */
    String rawTarget();

    /** The query as it was sent, not decoded; empty where there is none. A body is not looked at. */
    String rawQuery();

    /**
     * What this request has used up that may be used once only: the same however often it is asked, and by whatever view of
     * the request.
     */
    Usage used();

    /** All values of the header, one an occurrence, in their order; its name is matched without case. */
    List<String> headers(String name);

    /** The values of all cookies of exactly this name. */
    List<String> cookies(String name);

    /** Whether it came by https, as far as the container knows. */
    boolean secure();

    /**
     * Whom the container knows by means of its own, such as a form, or somebody before us; a caller of ours is nobody here,
     * as callers come with a {@link Passage} only.
     */
    default Optional<User> user() {
        return Optional.empty();
    }

    /** Somebody with a name and roles, but without a token, and so without scopes. */
    @FunctionalInterface
    interface User {
        /** Whether the container says so. */
        boolean isInRole(String role);
    }
}
