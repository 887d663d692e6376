package io.mapae.example.demo;

import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What is logged. */
final class Logs {
    private static final String SERVER = "org.eclipse.jetty";
    private static final String MAPAE = "io.mapae";

    /**
     * What whoever tries the demonstration wants to read: why requests were refused. Warnings are about what is so on purpose,
     * and of WebSockets Mapae sees in {@code web.xml} alone that they would be opened before it.
     */
    private static final Map<String, Level> LEVELS = Map.of(
            SERVER,
            Level.WARNING,
            "org.glassfish.jersey",
            Level.SEVERE,
            "com.zaxxer.hikari",
            Level.WARNING,
            MAPAE,
            Level.SEVERE,
            "io.mapae.servlet",
            Level.SEVERE,
            "io.mapae.example",
            Level.WARNING,
            "io.mapae.refusal",
            Level.INFO);

    /** Held, as java.util.logging forgets the level of a logger that nobody holds. */
    private static final List<Logger> LOGGERS =
            LEVELS.keySet().stream().map(Logger::getLogger).toList();

    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

    private Logs() {}

    /** @param outside whether tokens come from elsewhere: what is wrong with that issuer is nobody's purpose */
    static void quieten(boolean outside) {
        LOGGERS.forEach(logger -> logger.setLevel(LEVELS.get(logger.getName())));
        if (outside) {
            Logger.getLogger(MAPAE).setLevel(Level.WARNING);
        }
    }

    /** Why it does not start is said once, without the server's traces. */
    static void starting(boolean isStarting) {
        Logger.getLogger(SERVER).setLevel(isStarting ? Level.SEVERE : LEVELS.get(SERVER));
    }

    /** One line each, which java.util.logging makes two, with the logger's name. */
    static void inLines() {
        if (System.getProperty(FORMAT) == null) {
            System.setProperty(FORMAT, "%1$tT %4$s %3$s: %5$s%6$s%n");
        }
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(new SimpleFormatter());
        }
    }
}
