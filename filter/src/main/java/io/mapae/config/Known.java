package io.mapae.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Everything that may be set in an application: ours, and what its other modules declare. */
final class Known {
    /** Of our modules, by what the names of their settings begin with. */
    private static final Map<String, String> MODULES = Map.of("service.", "mapae-token-service");

    /** What it sets for a service named mapae. */
    private static final Pattern KUBERNETES = Pattern.compile("MAPAE_SERVICE_(HOST|PORT.*)");

    private Known() {}

    /** Ours first; what cannot be taken is a problem. */
    static List<Setting<?>> settings(ClassLoader classes, Consumer<String> problems) {
        List<Setting<?>> known = new ArrayList<>(Settings.all());
        Set<String> names = new HashSet<>();
        known.forEach(setting -> names.add(setting.name()));
        try {
            for (Declaration declaration : ServiceLoader.load(Declaration.class, classes)) {
                for (Setting<?> setting : declaration.settings()) {
                    if (setting.scope() == Setting.Scope.APPLICATION && names.add(setting.name())) {
                        known.add(setting);
                    } else {
                        problems.accept(setting.name() + ": cannot be declared by "
                                + declaration.getClass().getName());
                    }
                }
            }
        } catch (ServiceConfigurationError unusable) {
            problems.accept("a service " + Declaration.class.getName() + " cannot be loaded");
        }
        return List.copyOf(known);
    }

    /** Which module an unknown entry would belong to, where none of its settings is known. */
    static Optional<String> moduleOf(String entry, UnaryOperator<String> key, List<String> known) {
        return MODULES.entrySet().stream()
                .filter(module -> entry.startsWith(key.apply(module.getKey())))
                .filter(module -> !KUBERNETES.matcher(entry).matches())
                .filter(module -> known.stream().noneMatch(name -> name.startsWith(module.getKey())))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
