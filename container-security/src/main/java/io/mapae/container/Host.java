package io.mapae.container;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The servers that differ in what they know of callers, and in what they need to be told of them. */
enum Host {
    JETTY("", "jetty/") {
        @Override
        Optional<String> obstacle(ServletContext context) {
            return bearsModule(context)
                    ? Optional.empty()
                    : Optional.of("Jetty 12.0 challenges nobody and hangs afterwards; 12.1 can be told");
        }

        @Override
        boolean bearsModule(ServletContext context) {
            return !context.getServerInfo().startsWith("jetty/12.0.");
        }

        /** Jetty never completes a request that a module refuses, and the next one of its connection would wait for that. */
        @Override
        void beforeRefusal(HttpServletResponse response) {
            if (!response.isCommitted()) {
                response.setHeader("Connection", "close");
            }
        }

        @Override
        String remedy(ServletContext context) {
            return "Jetty needs its module: java -jar start.jar"
                    + " --add-modules=ee11-jaspi,ee11-jaspi-default-auth-config-factory (or ee10-…), and in"
                    + " WEB-INF/jetty-web.xml: <Configure><Get name=\"hiddenClassMatcher\"><Call name=\"add\">"
                    + "<Arg>-jakarta.security.auth.message.</Arg></Call></Get></Configure>";
        }
    },
    WILDFLY(", EJB too; Jakarta Security's SecurityContext if injected into a field", "WildFly", "JBoss", "Undertow") {
        @Override
        Optional<String> obstacle(ServletContext context) {
            if (!isBooted()) {
                return Optional.empty(); // it knows no answer yet, and logs an error if it is asked
            }
            Optional<String> named = domain(context).filter(PLAIN.asMatchPredicate());
            if (named.isPresent() && !isKnown(DOMAINS + named.get())) {
                return Optional.of("jboss-web.xml names a <security-domain> that WildFly does not know, and whose"
                        + " constraints it lets everybody through: take it out, or add it by jboss-cli.sh --connect"
                        + " --commands=\"/subsystem=undertow/application-security-domain=" + named.get()
                        + ":add(security-domain=ApplicationDomain,integrated-jaspi=false),reload\"");
            }
            return management(DOMAINS + domainOrDefault(context), "integratedJaspi")
                    .filter(Boolean.TRUE::equals)
                    .map(refuses -> remedy(context));
        }

        @Override
        String seenBesides() {
            return super.seenBesides()
                    + (isBooted() ? "" : ". WildFly boots: whether it agrees, the first request shows");
        }

        @Override
        String remedy(ServletContext context) {
            return "WildFly takes only callers of its own realms until told otherwise: jboss-cli.sh --connect"
                    + " --commands=\"/subsystem=undertow/application-security-domain=" + domainOrDefault(context)
                    + ":write-attribute(name=integrated-jaspi,value=false),reload\"";
        }
    },
    LIBERTY(", Jakarta Security and EJB too, the latter by name, roles and no claims", "Liberty", "WebSphere"),
    TOMCAT("", "Apache Tomcat") {
        @Override
        @Nullable
        Principal user(HttpServletRequest request) {
            return request.getUserPrincipal();
        }
    },
    OTHER(", Jakarta Security and EJB too, where there are any");

    private static final String MANAGEMENT = "jboss.as:";
    private static final String DOMAINS = "subsystem=undertow,application-security-domain=";

    /** As WildFly is distributed. */
    private static final String DEFAULT_DOMAIN = "other";

    /** Not put together by WildFly from properties, and fit for a name on JMX. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]+");

    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
    private static final Pattern DOMAIN_OF_DESCRIPTOR =
            Pattern.compile("<security-domain>\\s*([^<\\s]+)\\s*</security-domain>");

    private final String seenBesides;
    private final List<String> signs;

    Host(String seenBesides, String... signs) {
        this.seenBesides = seenBesides;
        this.signs = Arrays.asList(signs);
    }

    static Host of(ServletContext context) {
        String info = String.valueOf(context.getServerInfo());
        return Arrays.stream(values())
                .filter(host -> host.signs.stream().anyMatch(info::contains))
                .findFirst()
                .orElse(OTHER);
    }

    /** Which APIs see a caller besides those of servlets and JAX-RS, as the end of a sentence. */
    String seenBesides() {
        return seenBesides;
    }

    /** What is known, before anything is tried, to stand against telling it of callers. */
    Optional<String> obstacle(ServletContext context) {
        return Optional.empty();
    }

    /** Whether it is worth having even where that is so: it refuses what the server would fail at. */
    boolean bearsModule(ServletContext context) {
        return true;
    }

    /** Whom the server knows before it asks, where that may be asked for and would be lost otherwise. */
    @Nullable
    Principal user(HttpServletRequest request) {
        return null;
    }

    /** What a response needs before the module refuses a request. */
    void beforeRefusal(HttpServletResponse response) {}

    /** What whoever operates the server can do where it takes no caller. */
    String remedy(ServletContext context) {
        return "this server takes no callers by Jakarta Authentication";
    }

    /** What the application's descriptor says. */
    private static Optional<String> domain(ServletContext context) {
        try (InputStream descriptor = context.getResourceAsStream("/WEB-INF/jboss-web.xml")) {
            String text = descriptor == null ? "" : new String(descriptor.readAllBytes(), StandardCharsets.UTF_8);
            return DOMAIN_OF_DESCRIPTOR
                    .matcher(COMMENT.matcher(text).replaceAll(""))
                    .results()
                    .map(domain -> domain.group(1))
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String domainOrDefault(ServletContext context) {
        return domain(context)
                .or(() -> management("subsystem=undertow", "defaultSecurityDomain")
                        .map(String::valueOf))
                .orElse(DEFAULT_DOMAIN);
    }

    private static boolean isBooted() {
        return management("management-root=server", "serverState")
                .filter(state -> !state.equals("starting"))
                .isPresent();
    }

    private static boolean isKnown(String resource) {
        try {
            var unused = ManagementFactory.getPlatformMBeanServer().getMBeanInfo(new ObjectName(MANAGEMENT + resource));
            return true;
        } catch (InstanceNotFoundException unknown) {
            return false;
        } catch (JMException | RuntimeException silent) {
            return true;
        }
    }

    /** What WildFly's management says; empty where it says nothing. */
    private static Optional<Object> management(String resource, String attribute) {
        try {
            return Optional.ofNullable(ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName(MANAGEMENT + resource), attribute));
        } catch (JMException | RuntimeException silent) {
            return Optional.empty();
        }
    }
}
