package io.mapae.config;

import java.util.List;

/** The settings do not add up. Every problem is listed, a line each; no secret is shown. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** All problems there are, each on one line. */
    public ConfigurationException(List<String> problems) {
        super("Mapae cannot start:\n  " + String.join("\n  ", problems));
    }
}
