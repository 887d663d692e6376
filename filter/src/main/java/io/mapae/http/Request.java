package io.mapae.http;

import java.util.List;

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

    /** All values of the header, one an occurrence, in their order; its name is matched without case. */
    List<String> headers(String name);

    /** The values of all cookies of exactly this name. */
    List<String> cookies(String name);

    /** Whether it came by https, as far as the container knows. */
    boolean secure();
}
