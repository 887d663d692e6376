package io.mapae.jws;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The providers that one application may have its signatures checked by, beside the JDK's own: those that the server or the
 * application registered, and two that are known to be fast where their classes are within reach. These are never
 * registered, as that would be for all applications of the server, and hold this one's classes after its end. Immutable.
 */
public final class Providers {
    private static final Logger LOG = System.getLogger("io.mapae.jws");
    private static final String AUTO = "auto";
    private static final String JDK = "jdk";
    private static final String CORRETTO = "AmazonCorrettoCryptoProvider";
    private static final String CONSCRYPT = "Conscrypt";

    /** The preferred one first. */
    private static final List<String> FAST = List.of(CORRETTO, CONSCRYPT);

    private static final Map<String, String> CLASSES = Map.of(
            CORRETTO, "com.amazon.corretto.crypto.provider." + CORRETTO, CONSCRYPT, "org.conscrypt." + CONSCRYPT);

    private final List<FastProvider> all;
    private final boolean chosen;

    Providers(List<FastProvider> all, boolean chosen) {
        this.all = all;
        this.chosen = chosen;
    }

    /**
     * Those that a setting asks for.
     *
     * @param setting {@code auto}: the fast ones that there are; {@code jdk}: none; else the name of one
     * @param classes from where those that are not registered are loaded; one that is there but cannot be used, as when its
     *     native library is loaded already, is told in one line and done without
     * @throws IllegalArgumentException with what was expected, if there is none of that name
     */
    public static Providers named(String setting, ClassLoader classes) {
        return switch (setting) {
            case JDK -> new Providers(List.of(), false);
            case AUTO ->
                new Providers(
                        FAST.stream().flatMap(name -> found(name, classes)).toList(), false);
            default -> {
                if (Security.getProvider(setting) == null
                        && type(setting, classes).isEmpty()) {
                    throw new IllegalArgumentException(expected(classes));
                }
                yield new Providers(found(setting, classes).toList(), true);
            }
        };
    }

    private static String expected(ClassLoader classes) {
        TreeSet<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Stream.of(Security.getProviders()).map(Provider::getName).forEach(names::add);
        FAST.stream().filter(name -> type(name, classes).isPresent()).forEach(names::add);
        return "expected auto, jdk or one of " + String.join(", ", names);
    }

    private static Stream<FastProvider> found(String name, ClassLoader classes) {
        return Optional.ofNullable(Security.getProvider(name))
                .or(() -> type(name, classes).flatMap(type -> loaded(name, type)))
                .map(FastProvider::new)
                .stream();
    }

    /** The class of one of the two that are known, found but not initialized; empty where it is not within reach. */
    private static Optional<Class<?>> type(String name, ClassLoader classes) {
        String type = CLASSES.get(name);
        try {
            return type == null ? Optional.empty() : Optional.of(Class.forName(type, false, classes));
        } catch (ClassNotFoundException | LinkageError absent) {
            return Optional.empty();
        }
    }

    private static Optional<Provider> loaded(String name, Class<?> type) {
        Thread here = Thread.currentThread();
        ClassLoader context = here.getContextClassLoader();
        try {
            // A thread that it starts takes this with it, and must not hold the application if the provider is the
            // server's.
            here.setContextClassLoader(type.getClassLoader());
            return Optional.of(name.equals(CORRETTO) ? corretto(type) : conscrypt(type));
        } catch (ReflectiveOperationException | LinkageError | RuntimeException unusable) {
            Throwable cause =
                    unusable instanceof InvocationTargetException wrapped ? wrapped.getTargetException() : unusable;
            LOG.log(
                    Level.INFO,
                    "{0} is here but cannot be used, the JDK checks signatures: {1}",
                    name,
                    String.valueOf(cause));
            return Optional.empty();
        } finally {
            here.setContextClassLoader(context);
        }
    }

    /** Where its library cannot be loaded it is a provider of nothing, and tells why. */
    private static Provider corretto(Class<?> type) throws ReflectiveOperationException {
        Object provider = type.getField("INSTANCE").get(null);
        if (type.getMethod("getLoadingError").invoke(provider) instanceof Throwable error) {
            throw new InvocationTargetException(error);
        }
        return (Provider) provider;
    }

    private static Provider conscrypt(Class<?> type) throws ReflectiveOperationException {
        return (Provider) type.getMethod("newProvider").invoke(null);
    }

    List<FastProvider> all() {
        return all;
    }

    /** Whether somebody named the one that there is, so that its speed is no concern of ours. */
    boolean isChosen() {
        return chosen;
    }
}
