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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            if (!"running".equals(management("management-root=server", "serverState"))) {
                return Optional.empty(); // it knows no answer while it boots, and logs an error if it is asked
            }
            String domain = domain(context);
            Object integrated =
                    management("subsystem=undertow,application-security-domain=" + domain, "integratedJaspi");
            if (integrated == null) {
                return Optional.of("jboss-web.xml names a <security-domain> that WildFly does not know, and whose"
                        + " constraints it lets everybody through: take it out, or add it by jboss-cli.sh --connect"
                        + " --commands=\"/subsystem=undertow/application-security-domain=" + domain
                        + ":add(security-domain=ApplicationDomain,integrated-jaspi=false),reload\"");
            }
            return integrated.equals(true) ? Optional.of(remedy(context)) : Optional.empty();
        }

        @Override
        String remedy(ServletContext context) {
            return "WildFly takes only callers of its own realms until told otherwise: jboss-cli.sh --connect"
                    + " --commands=\"/subsystem=undertow/application-security-domain=" + domain(context)
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

    /** The default of WildFly's applications, which a descriptor of the server's may change. */
    private static final String DOMAIN = "other";

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

    private static String domain(ServletContext context) {
        try (InputStream descriptor = context.getResourceAsStream("/WEB-INF/jboss-web.xml")) {
            String text = descriptor == null ? "" : new String(descriptor.readAllBytes(), StandardCharsets.UTF_8);
            Matcher domain = DOMAIN_OF_DESCRIPTOR.matcher(COMMENT.matcher(text).replaceAll(""));
            return domain.find() ? domain.group(1) : DOMAIN;
        } catch (IOException unreadable) {
            return DOMAIN;
        }
    }

    /** What WildFly's management says; null where it says nothing. */
    private static @Nullable Object management(String resource, String attribute) {
        try {
            return ManagementFactory.getPlatformMBeanServer()
                    .getAttribute(new ObjectName("jboss.as:" + resource), attribute);
        } catch (JMException | RuntimeException unknown) {
            return null;
        }
    }
}
