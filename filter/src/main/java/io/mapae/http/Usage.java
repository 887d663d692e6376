package io.mapae.http;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a request has used up that may be used once only, kept with the request, as it may be judged again: by the container
 * before any filter, behind a filter that wraps it, or by JAX-RS for another method. For one thread at a time.
 */
public final class Usage {
    /** The request's attribute in which it is found. */
    public static final String ATTRIBUTE = Usage.class.getName();

    private final Set<String> ids = new HashSet<>();

    /** Nothing was used up yet. */
    public Usage() {}

    /** The attribute's value, else a new one, which {@code keep} puts there. */
    public static Usage of(@Nullable Object attribute, Consumer<Usage> keep) {
        if (attribute instanceof Usage known) {
            return known;
        }
        Usage usage = new Usage();
        keep.accept(usage);
        return usage;
    }

    boolean has(String id) {
        return ids.contains(id);
    }

    void add(String id) {
        ids.add(id);
    }
}
