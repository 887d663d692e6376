package io.mapae.example;

import jakarta.servlet.ServletContext;
import java.util.Optional;

/** What whoever deploys the example may say of it. */
enum Setting {
    /** The board's database, a JDBC URL of H2; unset: in memory. */
    DATABASE("example.database"),
    /** Where the profile service is; unset: authors have the names of their tokens. */
    PROFILE("example.profile"),
    /** Origins of the services that the page talks to, between commas, where these are elsewhere. */
    ORIGINS("example.origins");

    private final String name;

    Setting(String name) {
        this.name = name;
    }

    /** Of a system property, or else a context-param. */
    Optional<String> in(ServletContext context) {
        return Optional.ofNullable(System.getProperty(name))
                .or(() -> Optional.ofNullable(context.getInitParameter(name)))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
