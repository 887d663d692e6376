package io.mapae.config;

import io.mapae.jws.Providers;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the sources say of the settings that a module has declared, and everything that is wrong with them: it is told at
 * once, by {@link #throwIfAnyProblem}. For one start-up, on one thread.
 */
public final class Declared {
    private final Values values;

    private Declared(Values values) {
        this.values = values;
    }

    /** Reads the same sources, in the same order, as the filter does. */
    public static Declared read(Surroundings around) {
        Values values = Configuration.values(around);
        values.add(Source.defaults(around.defaults()));
        values.refuseUnknown(values.get(Settings.ISSUERS).orElse(Set.of()));
        return new Declared(values);
    }

    /** The value, or the fallback's; empty where there is neither, and after a problem with it. */
    public <T> Optional<T> get(Setting<T> setting) {
        return values.get(setting);
    }

    /** The value of a setting that has one for certain, once {@link #throwIfAnyProblem} was content. */
    public <T> T must(Setting<T> setting) {
        return values.must(setting);
    }

    /** Who may make and check signatures, as the filter is told it; empty after a problem. */
    public Optional<Providers> providers(Surroundings around) {
        return Configuration.providers(values, around.classes());
    }

    /** Whether some source says something of the setting. */
    public boolean isSet(Setting<?> setting) {
        return values.isSet(setting);
    }

    /** Reports a setting that is missing. */
    public void require(Setting<?> setting) {
        values.require(setting);
    }

    /** Reports what is wrong with a setting that was given, or with its absence; the text must hold no secret. */
    public void problem(Setting<?> setting, String text) {
        values.problem(setting, text);
    }

    /**
     * Tells every problem that was found, those with unknown names among them.
     *
     * @throws ConfigurationException if there is any
     */
    public void throwIfAnyProblem() {
        values.throwIfAnyProblem();
    }

    /** What was meant for us, perhaps, but is no setting: for those whose filter does not tell it. */
    public List<String> ignored() {
        return values.ignored();
    }
}
