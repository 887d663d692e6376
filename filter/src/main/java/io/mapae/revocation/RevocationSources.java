package io.mapae.revocation;

import java.time.InstantSource;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.sql.DataSource;

/** From the setting {@code revocation} to the source that it names. */
public final class RevocationSources {
    private RevocationSources() {}

    /** The table {@code mapae_revocation}, read by connections of this pool, which is not closed. */
    public static RevocationSource in(DataSource pool, InstantSource clock) {
        return new JdbcSource(Connections.of(pool), clock);
    }

    /**
     * The source that {@code location} asks for: {@code jdbc:…}, the JNDI name {@code java:…} of a DataSource, or what a
     * {@link RevocationProvider} takes. Connects to nothing.
     *
     * @throws IllegalArgumentException with what is wrong, in words that do not hold the location
     */
    public static RevocationSource open(String location, ClassLoader classes, InstantSource clock) {
        String name = name(location);
        return switch (name) {
            case "jdbc" -> new JdbcSource(Connections.to(location, classes), clock);
            case "java" -> new JdbcSource(Connections.named(location), clock);
            default -> provider(name, classes).open(location);
        };
    }

    private static String name(String location) {
        int colon = location.indexOf(':');
        return colon < 0 ? location : location.substring(0, colon);
    }

    private static RevocationProvider provider(String name, ClassLoader classes) {
        try {
            Iterator<RevocationProvider> providers =
                    ServiceLoader.load(RevocationProvider.class, classes).iterator();
            while (providers.hasNext()) {
                RevocationProvider provider = providers.next();
                if (provider.names().contains(name)) {
                    return provider;
                }
            }
        } catch (ServiceConfigurationError unusable) {
            throw new IllegalArgumentException(
                    "the service " + RevocationProvider.class.getName() + " cannot be loaded", unusable);
        }
        throw new IllegalArgumentException(
                name.equals("redis") || name.equals("rediss")
                        ? "needs mapae-token-store-redis"
                        : "expected service:, jdbc:…, java:…, redis:… or what a service "
                                + RevocationProvider.class.getName() + " is called");
    }
}
