package io.mapae.jaxrs;

import io.mapae.Mapae;
import io.mapae.config.Configuration;
import io.mapae.config.ConfigurationException;
import io.mapae.config.Surroundings;
import io.mapae.identity.CurrentCaller;
import io.mapae.servlet.SharedMapae;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.ConstrainedTo;
import jakarta.ws.rs.RuntimeType;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bearer authentication and authorization for a JAX-RS application: found by scanning and by the {@code ServiceLoader}, or
 * registered. Behind {@link io.mapae.servlet.BearerTokenFilter} it uses that filter's gate; else it reads the settings
 * itself, {@code mapae.…} of the JAX-RS {@code Configuration} among them. Where there are none it only keeps methods with
 * {@link Scopes} out of service. Without {@code rules}, annotations alone decide.
 *
 * <p>Start-up fails with a {@link ConfigurationException} if anything is wrong with the settings.
 */
@Provider
@ConstrainedTo(RuntimeType.SERVER)
public final class MapaeFeature implements Feature {
    private static final Logger LOG = System.getLogger("io.mapae.jaxrs");
    private static final String PREFIX = "mapae.";

    /** The attribute with the settings of the feature that started first, as several applications may have the same. */
    private static final String OWN = MapaeFeature.class.getName() + ".settings";

    /** What counts where nobody has written rules and no servlet filter asks for them. */
    private static final Map<String, String> DEFAULTS = Map.of("rules", "/** permit");

    private final Map<String, String> settings;

    @Context
    private @Nullable ServletContext servlets;

    @Context
    private @Nullable Application rest;

    /** A feature with the settings that its surroundings have for it. */
    public MapaeFeature() {
        this(Map.of());
    }

    /** A feature with these settings, by the names of the table; they are stronger than those from anywhere else. */
    public MapaeFeature(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    @Override
    public boolean configure(FeatureContext context) {
        if (context.getConfiguration().isRegistered(BearerTokenRequestFilter.class)) {
            demandNoSettings(settings, "another MapaeFeature was registered before");
            return false;
        }
        Optional<ServletContext> application = application();
        Optional<Supplier<Mapae>> mapae = mapae(application, context);
        if (mapae.isEmpty()) {
            context.register(new Unconfigured());
            return false;
        }
        Desk desk = Desk.of(mapae.get(), application);
        BearerTokenRequestFilter filter = new BearerTokenRequestFilter(desk);
        Demands demands = new Demands();
        context.register(filter);
        context.register(new CorsFilter(desk));
        context.register(new DemandFilter(desk, demands));
        context.register(new EarlyReader(desk, demands));
        context.register(new ClaimTypeMapper(desk));
        WeakReference<BearerTokenRequestFilter> held = new WeakReference<>(filter); // where nobody tells of the end
        Runnable askNoMore =
                CurrentCaller.ask(() -> Optional.ofNullable(held.get()).flatMap(BearerTokenRequestFilter::current));
        application.ifPresent(servlets -> SharedMapae.atEnd(servlets, askNoMore));
        return true;
    }

    /**
     * CXF injects nothing before the first request, and outside of a servlet container there may be a stand-in that fails at
     * every touch.
     */
    private Optional<ServletContext> application() {
        try {
            return Optional.ofNullable(servlets)
                    .filter(context -> context.getContextPath() != null)
                    .or(SharedMapae::application);
        } catch (RuntimeException none) {
            return SharedMapae.application();
        }
    }

    private Optional<Supplier<Mapae>> mapae(Optional<ServletContext> application, FeatureContext context) {
        Map<String, String> properties = properties(context, application);
        Map<String, String> own = new HashMap<>(properties);
        own.putAll(settings);
        if (application.filter(SharedMapae::isFiltersAffair).isPresent()) {
            demandNoSettings(own, "this application's are those of its servlet filter");
            ServletContext servlets = application.get();
            return Optional.of(() -> SharedMapae.of(servlets).orElseThrow());
        }
        Optional<Mapae> shared = application.flatMap(SharedMapae::of);
        if (shared.isPresent()) {
            if (!own.equals(application.get().getAttribute(OWN))) {
                demandNoSettings(own, "this application's are those of an adapter that was started before");
            }
            return Optional.of(shared::get);
        }
        Surroundings around = application
                .map(servlets -> SharedMapae.surroundings(settings, servlets))
                .orElseGet(() -> Surroundings.of(settings, Map.of(), Map.of(), loader()))
                .of(properties, DEFAULTS);
        if (!Configuration.isPresent(around)) {
            List<String> nothing =
                    new ArrayList<>(List.of("Mapae has no settings here, and does nothing: it enforces no"
                            + " annotation, and methods with @Scopes answer 503"));
            nothing.addAll(Configuration.ignored(around));
            LOG.log(Level.WARNING, String.join(". ", nothing));
            return Optional.empty();
        }
        Mapae mapae =
                Mapae.start(application.map(ServletContext::getContextPath).orElse(""), around);
        if (application.isEmpty() && mapae.gate().looksAtPaths()) {
            mapae.close();
            throw new ConfigurationException(
                    List.of("rules: by path, which are relative to a web application, and none is"
                            + " known here (is the jar's ServletContainerInitializer kept from running?)"));
        }
        application.ifPresent(servlets -> {
            SharedMapae.share(mapae, servlets);
            servlets.setAttribute(OWN, own);
        });
        return Optional.of(() -> mapae);
    }

    private static void demandNoSettings(Map<String, String> settings, String why) {
        if (!settings.isEmpty()) {
            throw new ConfigurationException(
                    List.of("settings of MapaeFeature or of the JAX-RS Configuration would be ignored: " + why));
        }
    }

    private static ClassLoader loader() {
        return Optional.ofNullable(Thread.currentThread().getContextClassLoader())
                .orElse(MapaeFeature.class.getClassLoader());
    }

    /** RESTEasy configures a feature that it finds by itself before it knows what the {@code Application} has. */
    private Map<String, Object> propertiesOfApplication() {
        try {
            return Optional.ofNullable(rest).map(Application::getProperties).orElse(Map.of());
        } catch (RuntimeException notThisEarly) {
            return Map.of();
        }
    }

    /** Jersey has the context-params there too, whose place is another. */
    private Map<String, String> properties(FeatureContext context, Optional<ServletContext> application) {
        Map<String, Object> all = new HashMap<>(propertiesOfApplication());
        all.putAll(context.getConfiguration().getProperties());
        Map<String, String> properties = new HashMap<>();
        all.forEach((name, value) -> {
            String text = String.valueOf(value);
            boolean isContextParam = application
                    .filter(servlets -> text.equals(servlets.getInitParameter(name)))
                    .isPresent();
            if (name.startsWith(PREFIX) && !isContextParam) {
                properties.put(name, text);
            }
        });
        return properties;
    }
}
