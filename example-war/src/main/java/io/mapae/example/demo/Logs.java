package io.mapae.example.demo;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What is logged. */
final class Logs {
    /**
     * What whoever tries the demonstration wants to read: why requests were refused. Warnings are about what is so on purpose,
     * and of WebSockets Mapae sees in {@code web.xml} alone that they would be opened before it.
     */
    private static final Map<String, Level> LEVELS = Map.of(
            "org.eclipse.jetty", Level.WARNING,
            "org.glassfish.jersey", Level.SEVERE,
            "com.zaxxer.hikari", Level.WARNING,
            "io.mapae", Level.SEVERE,
            "io.mapae.example", Level.WARNING,
            "io.mapae.refusal", Level.INFO);

    /** Held, as java.util.logging forgets the level of a logger that nobody holds. */
    private static final List<Logger> LOGGERS =
            LEVELS.keySet().stream().map(Logger::getLogger).toList();

    private Logs() {}

    static void quieten() {
        LOGGERS.forEach(logger -> logger.setLevel(LEVELS.get(logger.getName())));
    }
}
