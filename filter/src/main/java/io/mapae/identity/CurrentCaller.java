package io.mapae.identity;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who calls on this thread: for adapters, which say so; applications ask {@link Caller#current()}. Safe for use by several
 * threads.
 */
public final class CurrentCaller {
    private static final ThreadLocal<Supplier<Optional<Caller>>> HERE = new ThreadLocal<>();

    /** Frameworks that know the request of a thread by themselves. */
    private static final List<Supplier<Optional<Caller>>> FRAMEWORKS = new CopyOnWriteArrayList<>();

    private CurrentCaller() {}

    /** What is found first: what was said on this thread, then what a framework says. */
    static Optional<Caller> get() {
        Supplier<Optional<Caller>> here = HERE.get();
        return here != null
                ? here.get()
                : FRAMEWORKS.stream()
                        .map(Supplier::get)
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    /**
     * Says who calls on this thread from now on.
     *
     * @return puts back what was said before; to be run on this thread, whatever happens in between
     */
    public static Runnable enter(Supplier<Optional<Caller>> caller) {
        Supplier<Optional<Caller>> before = HERE.get();
        HERE.set(caller);
        return () -> restore(before);
    }

    private static void restore(@Nullable Supplier<Optional<Caller>> before) {
        if (before == null) {
            HERE.remove();
        } else {
            HERE.set(before);
        }
    }

    /**
     * Asks {@code framework} too, on any thread.
     *
     * @param framework who calls on this thread, empty where it does not know; throws nothing
     * @return asks it no more
     */
    public static Runnable ask(Supplier<Optional<Caller>> framework) {
        FRAMEWORKS.add(framework);
        return () -> FRAMEWORKS.remove(framework);
    }
}
