package io.mapae.jaxrs;

import io.mapae.http.Demand;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What resource methods demand of their callers, found out once for each. Of annotations that cannot be meant as they stand,
 * nothing is guessed: nobody may call the method. Safe for use by several threads.
 */
final class Demands {
    private static final Logger LOG = System.getLogger("io.mapae.jaxrs");

    private final Map<Class<?>, List<Demand>> locators = new ConcurrentHashMap<>();
    private final Map<Class<?>, Map<Method, List<Demand>>> known = new ConcurrentHashMap<>();

    /** All of which are to be met; empty where no annotation says anything. */
    List<Demand> of(Class<?> resource, Method method) {
        return known.computeIfAbsent(resource, type -> new ConcurrentHashMap<>())
                .computeIfAbsent(method, unknown -> read(resource, unknown));
    }

    /** The same for what is found through locators of a class, besides its own. */
    List<Demand> ofLocators(Class<?> resource) {
        return locators.computeIfAbsent(
                resource,
                type -> unlessWrong(
                        "what is behind " + type,
                        Annotations.problemsOfLocators(type),
                        () -> Annotations.demandsOfLocators(type)));
    }

    private static List<Demand> read(Class<?> resource, Method method) {
        return unlessWrong(
                method.toString(), Annotations.problems(resource, method), () -> Annotations.demands(resource, method));
    }

    private static List<Demand> unlessWrong(String what, List<String> problems, Supplier<List<Demand>> demands) {
        if (problems.isEmpty()) {
            return demands.get();
        }
        LOG.log(Level.ERROR, "Nobody may call " + what + ":\n  " + String.join("\n  ", problems));
        return List.of(Demand.DENY);
    }
}
