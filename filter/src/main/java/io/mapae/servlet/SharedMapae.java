package io.mapae.servlet;

import io.mapae.Mapae;
import io.mapae.config.Configuration;
import io.mapae.config.LocalService;
import io.mapae.config.Surroundings;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** The one Mapae of a web application, which its adapters share; a filter with settings of its own may have another. */
public final class SharedMapae {
    private static final Logger LOG = System.getLogger("io.mapae.servlet");
    private static final String ATTRIBUTE = Mapae.class.getName();
    private static final String EARLY = ATTRIBUTE + ".early";
    private static final String SERVICE = ATTRIBUTE + ".service";

    /** Those that have begun and not ended. */
    private static final List<Application> APPLICATIONS = new CopyOnWriteArrayList<>();

    /** Kept in an attribute of the context: Tomcat tells of the end by an object that is another one than at the start. */
    private record Application(ServletContext context, ClassLoader classes, List<Runnable> endings) {
        private static final String ATTRIBUTE = Application.class.getName();

        static Optional<Application> of(ServletContext context) {
            return context.getAttribute(ATTRIBUTE) instanceof Application begun ? Optional.of(begun) : Optional.empty();
        }
    }

    private record Early(Surroundings around, Mapae mapae) {
        boolean isOf(Surroundings now) {
            return around.initParams().equals(now.initParams())
                    && around.contextParams().equals(now.contextParams());
        }
    }

    private SharedMapae() {}

    /**
     * The application of this thread, for adapters to whom their framework does not tell it; empty where several share a
     * class loader.
     */
    public static Optional<ServletContext> application() {
        ClassLoader classes = Thread.currentThread().getContextClassLoader();
        List<ServletContext> fitting = APPLICATIONS.stream()
                .filter(application -> application.classes() == classes)
                .map(Application::context)
                .toList();
        return fitting.size() == 1 ? Optional.of(fitting.get(0)) : Optional.empty();
    }

    /** What there is to know, and to do at the end, of an application that starts: for initializers, whoever runs first. */
    public static void begin(ServletContext context) {
        if (Application.of(context).isPresent()) {
            return;
        }
        Application application = new Application(context, Contexts.classes(context), new CopyOnWriteArrayList<>());
        context.setAttribute(Application.ATTRIBUTE, application);
        APPLICATIONS.add(application);
        context.addListener(new Closer());
    }

    /** The application's classes, as initializers saw them. */
    static Optional<ClassLoader> classes(ServletContext context) {
        return Application.of(context).map(Application::classes);
    }

    /** Has {@code ending} run when the application ends, if that is told. */
    public static void atEnd(ServletContext context, Runnable ending) {
        Application.of(context).ifPresent(application -> application.endings().add(ending));
    }

    /** What is shared in this application; empty until an adapter was started. */
    public static Optional<Mapae> of(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof Mapae mapae ? Optional.of(mapae) : Optional.empty();
    }

    /**
     * The application's own token service, as others know it: an initializer claims its paths and says how it is started,
     * and whoever starts it publishes its keys.
     */
    public static LocalService service(ServletContext context) {
        if (context.getAttribute(SERVICE) instanceof LocalService known) {
            return known;
        }
        LocalService service = new LocalService();
        context.setAttribute(SERVICE, service);
        return service;
    }

    /** Whether the application has a {@link BearerTokenFilter}, which shares its own once it is started. */
    public static boolean isFiltersAffair(ServletContext context) {
        return !Registration.ours(context).isEmpty();
    }

    /**
     * What is around an application, with the init-params of its filter where {@code web.xml} declares one: for the settings
     * of other modules. To be asked by initializers, as the Servlet API tells listeners of theirs nothing of filters.
     */
    public static Surroundings surroundings(ServletContext context) {
        List<? extends FilterRegistration> filters = Registration.ours(context);
        boolean declared = filters.size() == 1 && Registration.isDeclared(filters.get(0), context);
        return Contexts.surroundings(
                Map.of(), declared ? Map.copyOf(filters.get(0).getInitParameters()) : Map.of(), context);
    }

    /** What is around an application, for an adapter with these settings of its own. */
    public static Surroundings surroundings(Map<String, String> programmatic, ServletContext context) {
        return Contexts.surroundings(programmatic, Map.of(), context);
    }

    /**
     * Starts what the application's one filter, around which all this is, will share.
     *
     * @throws io.mapae.config.ConfigurationException if anything is wrong with the filter's settings
     */
    static void startEarly(Surroundings around, ServletContext context) {
        Mapae mapae = Mapae.start(context.getContextPath(), around);
        try {
            atEnd(context, ContainerIdentity.of(context).begin(Configuration.identity(around), context));
        } catch (RuntimeException | Error refused) {
            mapae.close();
            throw refused;
        }
        context.setAttribute(EARLY, new Early(around, mapae));
        share(mapae, context);
    }

    /** What was started before the filter, for the filter to go on with; unless its settings have been changed since. */
    static Optional<Mapae> takeEarly(Surroundings around, ServletContext context) {
        Object early = context.getAttribute(EARLY);
        context.removeAttribute(EARLY);
        if (!(early instanceof Early begun)) {
            return Optional.empty();
        }
        if (begun.isOf(around)) {
            return Optional.of(begun.mapae());
        }
        unshare(begun.mapae(), context);
        return Optional.empty();
    }

    /** Shares {@code mapae}, unless another one is; it is closed when the application ends. */
    public static void share(Mapae mapae, ServletContext context) {
        if (of(context).isEmpty()) {
            context.setAttribute(ATTRIBUTE, mapae);
        }
    }

    /** Closes {@code mapae}, which nobody is to share any more. */
    static void unshare(Mapae mapae, ServletContext context) {
        mapae.close();
        if (of(context).equals(Optional.of(mapae))) {
            context.removeAttribute(ATTRIBUTE);
        }
    }

    /** Starts something, for listeners: what fails stops the application, and WildFly tells nobody of the end then. */
    public static void startOrEnd(ServletContext context, Runnable start) {
        try {
            start.run();
        } catch (RuntimeException | Error refused) {
            end(context);
            throw refused;
        }
    }

    /** Ends what has begun, for whoever stops an application that starts. A second time it does nothing. */
    public static void end(ServletContext context) {
        of(context).ifPresent(mapae -> end(mapae::close));
        context.removeAttribute(ATTRIBUTE);
        if (context.getAttribute(EARLY) instanceof Early early) {
            end(early.mapae()::close);
        }
        context.removeAttribute(EARLY);
        context.removeAttribute(SERVICE);
        Application.of(context).ifPresent(application -> {
            application.endings().forEach(SharedMapae::end);
            APPLICATIONS.removeIf(other -> other.context() == application.context());
        });
        context.removeAttribute(Application.ATTRIBUTE);
    }

    /** One that fails must not keep the others from being run. */
    private static void end(Runnable ending) {
        try {
            ending.run();
        } catch (RuntimeException | LinkageError failed) {
            LOG.log(Level.WARNING, "Something was not taken back at the end of the application: " + failed.getClass());
        }
    }

    /** Closes what is shared, and runs what is to be run at the end; a second time it does nothing. */
    static final class Closer implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {} // it has a default only since Servlet 4.0

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            end(event.getServletContext());
        }
    }
}
