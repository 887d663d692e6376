package io.mapae.config;

/** Who is to know the caller: the values of the setting {@code identity}. */
public enum Identity {
    /** The filter, and the container too where that is possible and takes nothing away. */
    AUTO,
    /** The container too, or the application does not start. */
    CONTAINER,
    /** The filter alone. */
    FILTER
}
