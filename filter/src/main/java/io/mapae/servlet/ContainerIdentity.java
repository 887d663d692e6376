package io.mapae.servlet;

import io.mapae.config.Configuration;
import io.mapae.config.ConfigurationException;
import io.mapae.config.Identity;
import io.mapae.config.Surroundings;
import io.mapae.jmx.Beans;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Whether the container knows an application's callers, or the filter alone: said by the adapter that tells the container of
 * them, to the filter and to whoever operates the server. Safe for use by several threads.
 */
public final class ContainerIdentity implements ContainerIdentityMXBean {
    private static final Logger LOG = System.getLogger("io.mapae");
    private static final String ATTRIBUTE = ContainerIdentity.class.getName();

    private final String application;
    private volatile Optional<String> obstacle = Optional.of(
            "mapae-container-security is not there," + " or its ServletContainerInitializer was kept from running");
    private volatile Level level = Level.INFO;
    private volatile Identity wanted = Identity.AUTO;
    private volatile String seen = "";
    private volatile Supplier<Optional<String>> objection = Optional::empty;
    private volatile boolean told;
    private volatile boolean taken;
    private volatile boolean aside;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final AtomicBoolean warned = new AtomicBoolean();

    private ContainerIdentity(String application) {
        this.application = application;
    }

    /** That of an application, whoever asks first. */
    public static ContainerIdentity of(ServletContext context) {
        if (context.getAttribute(ATTRIBUTE) instanceof ContainerIdentity known) {
            return known;
        }
        ContainerIdentity identity = new ContainerIdentity(Contexts.name(context));
        context.setAttribute(ATTRIBUTE, identity);
        return identity;
    }

    /**
     * Finds out whether an adapter is to tell the container of callers: for initializers, before which {@code web.xml} has
     * registered its filters.
     *
     * @throws ConfigurationException if the settings cannot be read
     */
    public boolean decide(ServletContext context) {
        obstacle = obstacle(context);
        return obstacle.isEmpty();
    }

    private static Optional<String> obstacle(ServletContext context) {
        List<? extends FilterRegistration> filters = Registration.ours(context);
        if (filters.size() > 1) {
            return Optional.of("there are several filters, each with a gate of its own");
        }
        if (filters.isEmpty() && !Configuration.isAutomatic(surroundings(context))) {
            return Optional.of("no filter was registered before the initializers ran");
        }
        return switch (wanted(context)) {
            case FILTER -> Optional.of("identity = filter");
            case CONTAINER -> Optional.empty();
            case AUTO -> Registration.login(context);
        };
    }

    private static Identity wanted(ServletContext context) {
        return Configuration.identity(surroundings(context));
    }

    /** With the init-params of the filter, where there is one. */
    private static Surroundings surroundings(ServletContext context) {
        Map<String, String> initParams = Registration.ours(context).stream()
                .findFirst()
                .map(filter -> filter.getInitParameters())
                .orElse(Map.of());
        return Contexts.surroundings(Map.of(), initParams, context);
    }

    /**
     * Says that the container knows callers from now on.
     *
     * @param seen which APIs of this server see them besides those of servlets
     * @param objection what stands against it by now: asked when the application begins, and at its first request, as a
     *     server that boots does not tell all
     */
    public void established(String seen, Supplier<Optional<String>> objection) {
        this.seen = seen;
        this.objection = objection;
    }

    /** For the first request, whoever sees it first: what stands against it now is told, and no reason to stop any more. */
    public void lookAgain() {
        if (!asked.get() && asked.compareAndSet(false, true) && isEstablished()) {
            objection.get().ifPresent(why -> {
                aside = true;
                impossible(why);
            });
        }
    }

    /** Says that the container knows no caller, or none any more, and why. */
    public void impossible(String why) {
        boolean before = isEstablished();
        obstacle = Optional.of(why);
        level = wanted == Identity.CONTAINER ? Level.ERROR : Level.WARNING;
        if (before && told) {
            LOG.log(level, getReport());
        }
    }

    /**
     * Stops the start where the container is to know callers, and cannot; WildFly starts no filter until a request comes.
     *
     * @throws ConfigurationException with what is to be done about it
     */
    public void demand(ServletContext context) {
        demand(wanted(context));
    }

    private void demand(Identity wanted) {
        if (wanted == Identity.CONTAINER && !isEstablished()) {
            throw new ConfigurationException(List.of("identity = container: " + obstacle.orElseThrow()));
        }
    }

    /** Says that the container took a caller. */
    public void taken() {
        taken = true;
    }

    /** Says that the container did not take a caller: one that has taken nobody yet is asked no more. */
    public void refused(String why) {
        if (!taken) {
            aside = true;
            impossible(why);
        } else if (warned.compareAndSet(false, true)) { // once: whoever calls must not be able to fill the disk
            LOG.log(Level.WARNING, "The container did not take a caller, though it took others: " + why);
        }
    }

    /** Whether nothing has been found that stands against it. */
    public boolean isEstablished() {
        return obstacle.isEmpty();
    }

    /**
     * Holds what was found against what the filter's settings want, and tells it.
     *
     * @return tells it no more on JMX
     * @throws ConfigurationException if the container is to know callers, and cannot
     */
    Runnable begin(Identity wanted, ServletContext context) {
        this.wanted = wanted;
        if (wanted == Identity.FILTER) {
            obstacle = Optional.of("identity = filter"); // said by code, which initializers could not know
        } else if (isEstablished()) {
            objection.get().ifPresent(this::impossible);
        }
        if (!aside) { // else it is too late to stop: the first request was there before its filter
            demand(wanted);
        }
        if (told) {
            return () -> {};
        }
        told = true;
        LOG.log(level, getReport());
        if (isEstablished()) {
            Registration.login(context)
                    .ifPresent(login -> LOG.log(Level.WARNING, "identity = container, though " + login));
        }
        return Beans.show("Identity", context.getContextPath(), "", this, ContainerIdentityMXBean.class);
    }

    @Override
    public String getPath() {
        return isEstablished() ? "container" : "filter";
    }

    @Override
    public String getReport() {
        return obstacle.map(
                        why -> "Callers of " + application + " are known to the filter alone (" + why
                                + "): getUserPrincipal(), isUserInRole()"
                                + " and JAX-RS see them; <security-constraint>, @ServletSecurity, Jakarta Security and EJB do not")
                .orElse("Callers of " + application
                        + " are known to the container: <security-constraint>, @ServletSecurity, getUserPrincipal(),"
                        + " isUserInRole() and JAX-RS see them" + seen);
    }
}
