package io.mapae.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.mapae.config.ConfigurationException;
import io.mapae.config.Identity;
import io.mapae.http.LogLines;
import io.mapae.testkit.TestKey;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is told of callers, and who learns of it. */
class ContainerIdentityTest {
    private static final String ALONE = "Callers of /identity are known to the filter alone (";

    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, FilterRegistration> filters = new LinkedHashMap<>();
    private final Map<String, String> contextParams = new HashMap<>();
    private String descriptor = "<web-app/>";
    private final ServletContext context = context();
    private final ContainerIdentity identity = ContainerIdentity.of(context);

    private ServletContext context() {
        return stub(ServletContext.class, (name, args) -> switch (name) {
            case "getAttribute" -> attributes.get((String) args[0]);
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            case "getFilterRegistrations" -> filters;
            case "getInitParameterNames" -> Collections.enumeration(contextParams.keySet());
            case "getInitParameter" -> contextParams.get((String) args[0]);
            case "getContextPath" -> "/identity";
            case "getResourceAsStream" -> new ByteArrayInputStream(descriptor.getBytes(StandardCharsets.UTF_8));
            default -> null;
        });
    }

    private void register(String name, Map<String, String> initParams) {
        filters.put(name, stub(FilterRegistration.class, (method, args) -> switch (method) {
            case "getClassName" -> BearerTokenFilter.class.getName();
            case "getInitParameters" -> initParams;
            default -> null;
        }));
    }

    @Test
    void isOneForEachApplication() {
        assertThat(ContainerIdentity.of(context)).isSameAs(identity);
        attributes.clear();
        assertThat(ContainerIdentity.of(context)).isNotSameAs(identity);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auto      | <web-app/>                                             | yes
            auto      | <web-app><login-config/></web-app>                     | web.xml has a <login-config>, whose users the container would not let in any more
            auto      | <web-app><filter/><login-config><auth-method>FORM</auth-method></login-config></web-app> | web.xml has a <login-config>, whose users the container would not let in any more
            auto      | <web-app><!-- <login-config/> --></web-app>            | yes
            auto      | <web-app                                               | web.xml cannot be read, and may have a <login-config> with users of its own
            container | <web-app><login-config/></web-app>                     | yes
            filter    | <web-app/>                                             | identity = filter
            """)
    void isWantedUnlessSomethingStandsAgainstIt(String setting, String webXml, String expected) {
        descriptor = webXml;
        register("mapae", Map.of("identity", setting));
        assertThat(identity.decide(context)).isEqualTo(expected.equals("yes"));
        assertThat(identity.isEstablished()).isEqualTo(expected.equals("yes"));
        assertThat(identity.getPath()).isEqualTo(expected.equals("yes") ? "container" : "filter");
        if (!expected.equals("yes")) {
            assertThat(identity.getReport()).startsWith(ALONE + expected + "): getUserPrincipal()");
        }
    }

    @Test
    void isNotWantedWithoutAFilterOrWithSeveral() {
        assertThat(identity.decide(context)).isFalse();
        assertThat(identity.getReport()).startsWith(ALONE + "no filter was registered before the initializers ran)");
        contextParams.put("mapae.auto", "true");
        assertThat(identity.decide(context)).isTrue();
        register("one", Map.of());
        assertThat(identity.decide(context)).isTrue();
        register("two", Map.of());
        assertThat(identity.decide(context)).isFalse();
        assertThat(identity.getReport()).startsWith(ALONE + "there are several filters,");
    }

    @Test
    void aValueThatCannotBeReadStops() {
        register("mapae", Map.of("identity", "contianer"));
        assertThatThrownBy(() -> identity.decide(context))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(
                        "identity (filter init-param identity = contianer): expected one of auto, container, filter");
    }

    @Test
    void whoDemandsTheContainerDoesNotStartWithoutIt() {
        assertThatThrownBy(() -> identity.begin(Identity.CONTAINER, context))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("identity = container: mapae-container-security is not there, or its");
        identity.impossible("run this command");
        assertThatThrownBy(() -> identity.begin(Identity.CONTAINER, context))
                .hasMessageContaining("identity = container: run this command");
    }

    @Test
    void anAdapterThatIsThereServesUntilTheServerRefuses() throws Exception {
        register("mapae", Map.of());
        assertThat(identity.decide(context)).isTrue();
        identity.established(", EJB too", Optional::empty);
        ObjectName name = new ObjectName("io.mapae:type=Identity,application=\"/identity\"");
        Runnable end;
        try (LogLines log = LogLines.of("io.mapae")) {
            end = identity.begin(Identity.CONTAINER, context);
            identity.impossible("run this command");
            identity.impossible("run this command"); // by another request at the same time
            assertThat(log.lines())
                    .hasSize(2)
                    .allMatch(line -> line.startsWith("Callers of /identity are known to the "))
                    .anyMatch(line -> line.contains("isUserInRole() and JAX-RS see them, EJB too"))
                    .anyMatch(line -> line.contains("(run this command)"));
        }
        assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Path"))
                .isEqualTo("filter");
        assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Report"))
                .isEqualTo(identity.getReport());
        end.run();
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(name))
                .isFalse();
        end.run();
    }

    @Test
    void whoWasReplacedSincePretendsNothing() {
        register("mapae", Map.of());
        assertThat(identity.decide(context)).isTrue();
        identity.established("", () -> Optional.of("another module"));
        assertThatThrownBy(() -> identity.begin(Identity.CONTAINER, context))
                .hasMessageContaining("identity = container: another module");
        try (LogLines log = LogLines.of("io.mapae")) {
            identity.begin(Identity.AUTO, context).run();
            assertThat(log.lines()).singleElement(STRING).startsWith(ALONE + "another module)");
        }
    }

    /** A server that boots says nothing; whoever demanded the container cannot stop any more, and every request goes on. */
    @Test
    void theFirstRequestLooksAgainAndNoOther() {
        register("mapae", Map.of());
        assertThat(identity.decide(context)).isTrue();
        AtomicReference<Optional<String>> objection = new AtomicReference<>(Optional.empty());
        AtomicInteger asked = new AtomicInteger();
        identity.established("", () -> {
            asked.incrementAndGet();
            return objection.get();
        });
        identity.begin(Identity.CONTAINER, context).run();
        objection.set(Optional.of("run this command"));
        try (LogLines log = LogLines.of("io.mapae")) {
            identity.lookAgain();
            identity.lookAgain();
            assertThat(log.lines()).singleElement(STRING).startsWith(ALONE + "run this command)");
        }
        assertThat(asked).hasValue(2);
        assertThat(identity.isEstablished()).isFalse();
        identity.begin(Identity.CONTAINER, context).run(); // a filter that is made late
    }

    @Test
    void codeThatComesLateIsHeardToo() {
        register("mapae", Map.of());
        assertThat(identity.decide(context)).isTrue();
        identity.established("", Optional::empty);
        identity.begin(Identity.AUTO, context).run();
        identity.begin(Identity.FILTER, context).run();
        assertThat(identity.isEstablished()).isFalse();
    }

    @Test
    void whoTakesALoginsPlaceIsTold() {
        descriptor = "<web-app><login-config/></web-app>";
        register("mapae", Map.of("identity", "container"));
        assertThat(identity.decide(context)).isTrue();
        identity.established("", Optional::empty);
        try (LogLines log = LogLines.of("io.mapae")) {
            identity.begin(Identity.CONTAINER, context).run();
            assertThat(log.lines())
                    .hasSize(2)
                    .last(STRING)
                    .isEqualTo("identity = container, though web.xml has a <login-config>, whose users the container"
                            + " would not let in any more");
        }
    }

    /** Each with a filter of its own, but one application. */
    @Test
    void isToldOnce() {
        try (LogLines log = LogLines.of("io.mapae")) {
            Runnable first = identity.begin(Identity.AUTO, context);
            identity.begin(Identity.AUTO, context).run();
            assertThat(log.lines()).hasSize(1);
            first.run();
        }
    }

    /** Settings by code are not known to initializers. */
    @Test
    void whoWantsTheFilterAloneIsHeard() {
        register("mapae", Map.of());
        assertThat(identity.decide(context)).isTrue();
        identity.established("", Optional::empty);
        identity.begin(Identity.FILTER, context).run();
        assertThat(identity.isEstablished()).isFalse();
        assertThat(identity.getReport()).startsWith(ALONE + "identity = filter)");
    }

    @ParameterizedTest
    @CsvSource({"auto, true", "container, false", "filter, true"})
    void theFilterAsksForIt(String setting, boolean starts) throws Exception {
        Map<String, String> settings = new HashMap<>(App.settings(TestKey.rsa()));
        settings.put("identity", setting);
        App app = App.at("/app")
                .servlet("/*", Servlets.of((request, response) -> {}))
                .bearer(settings);
        if (starts) {
            Container.TOMCAT.start(app).close();
        } else {
            assertThatThrownBy(() -> Container.JETTY.start(app).close())
                    .hasStackTraceContaining("identity = container: mapae-container-security is not there, or its");
        }
    }

    private interface Answers {
        @Nullable
        Object to(String method, Object[] args);
    }

    private static <T> T stub(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> answers.to(method.getName(), args == null ? new Object[0] : args)));
    }
}
