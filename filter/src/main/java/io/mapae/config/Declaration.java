package io.mapae.config;

import java.util.List;

/**
 * The settings of another module: a service, found by {@link java.util.ServiceLoader} through the application's class
 * loader. They are known to every source then, and read by {@link Declared}.
 */
@FunctionalInterface
public interface Declaration {
    /** All of the module's settings, each about the application and of a name that nobody else uses; always the same. */
    List<Setting<?>> settings();
}
