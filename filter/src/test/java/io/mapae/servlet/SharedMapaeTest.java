package io.mapae.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.Mapae;
import io.mapae.config.Surroundings;
import io.mapae.http.Passage;
import io.mapae.testkit.JwksServer;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EventListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the adapters of an application have in common, on every server. */
@ParameterizedClass
@EnumSource
@Timeout(120)
record SharedMapaeTest(Container container) {
    private static final TestKey KEY = TestKey.rsa();
    private static final String TOKEN =
            "Authorization: Bearer " + TokenBuilder.signedBy(KEY).text();

    /** Whether the gate that was passed is that of the Mapae that is shared, and whether a filter is to share one. */
    private static HttpServlet sharing() {
        return Servlets.of((request, response) -> {
            ServletContext context = request.getServletContext();
            String gate = SharedMapae.of(context)
                    .map(Mapae::gate)
                    .map(shared -> Passage.of(request.getAttribute(Passage.ATTRIBUTE), shared)
                            .map(passage -> "own")
                            .orElse("another's"))
                    .orElse("nothing");
            Servlets.write(response, gate + (SharedMapae.isFiltersAffair(context) ? " by a filter" : ""));
        });
    }

    private static Map<String, String> settings(String name, String value) {
        Map<String, String> settings = new HashMap<>(App.settings(KEY));
        settings.put(name, value);
        return settings;
    }

    @Test
    void theFilterSharesItsOwn() throws Exception {
        App app = App.at("/app").servlet("/*", sharing()).bearer(App.settings(KEY));
        try (Container.Running server = container.start(app)) {
            assertThat(server.ask("GET", "/app/a", TOKEN).body()).isEqualTo("own by a filter");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, own by a filter", "false, nothing"})
    void soDoesTheFilterThatIsRegisteredByItself(String auto, String shared) throws Exception {
        App app = App.at("/app").servlet("/*", sharing()).withInitializer().contextParam("mapae.auto", auto);
        App.settings(KEY).forEach((name, value) -> app.contextParam("mapae." + name, value));
        try (Container.Running server = container.start(app)) {
            assertThat(server.ask("GET", "/app/a", TOKEN).body()).isEqualTo(shared);
        }
    }

    /** A server starts them in an order of its own. */
    @Test
    void ofTwoFiltersOneSharesItsOwn() throws Exception {
        App app = App.at("/app")
                .servlet("/*", sharing())
                .filter("a", new BearerTokenFilter(), "/a/*", settings("realm", "a"))
                .filter("b", new BearerTokenFilter(), "/b/*", settings("realm", "b"));
        try (Container.Running server = container.start(app)) {
            for (int i = 0; i < 2; i++) {
                assertThat(List.of(
                                server.ask("GET", "/app/a/x", TOKEN).body(),
                                server.ask("GET", "/app/b/x", TOKEN).body()))
                        .containsExactlyInAnyOrder("own by a filter", "another's by a filter");
            }
        }
    }

    @Test
    void twoApplicationsShareNothing() throws Exception {
        App one = App.at("/one").servlet("/*", sharing()).bearer(App.settings(KEY));
        App two = App.at("/two").servlet("/*", sharing()).bearer(App.settings(KEY));
        App three = App.at("/three").servlet("/*", sharing());
        try (Container.Running server = container.start(one, two, three)) {
            assertThat(server.ask("GET", "/one/x", TOKEN).body()).isEqualTo("own by a filter");
            assertThat(server.ask("GET", "/two/x", TOKEN).body()).isEqualTo("own by a filter");
            assertThat(server.ask("GET", "/three/x", TOKEN).body()).isEqualTo("nothing");
        }
    }

    @Test
    void aFilterThatFailsSharesNothing() {
        Map<String, Object> attributes = new HashMap<>();
        ServletContext context = context(attributes);
        BearerTokenFilter filter = new BearerTokenFilter(settings("auto", "true"));
        assertThatThrownBy(() -> filter.init(config(context, "bearer"))).hasMessageStartingWith("auto=true, but");
        assertThat(attributes).doesNotContainKey(Mapae.class.getName());
    }

    private static Surroundings around(Map<String, String> initParams, ServletContext context) {
        return Contexts.surroundings(Map.of(), initParams, context);
    }

    @Test
    void whatBeganEarlyServesAFilterOfTheSameSettings() {
        Map<String, Object> attributes = new HashMap<>();
        ServletContext context = context(attributes);
        SharedMapae.begin(context);
        SharedMapae.startEarly(around(App.settings(KEY), context), context);
        Mapae early = SharedMapae.of(context).orElseThrow();
        assertThat(SharedMapae.takeEarly(around(App.settings(KEY), context), context))
                .containsSame(early);
        assertThat(SharedMapae.takeEarly(around(App.settings(KEY), context), context))
                .isEmpty();
        SharedMapae.unshare(early, context);
        SharedMapae.startEarly(around(App.settings(KEY), context), context);
        assertThat(SharedMapae.takeEarly(around(settings("realm", "changed by code"), context), context))
                .isEmpty();
        assertThat(SharedMapae.of(context)).isEmpty();
        SharedMapae.end(context);
        assertThat(attributes.keySet()).noneMatch(name -> name.startsWith(Mapae.class.getName()));
    }

    @Test
    void whatCannotBeginEarlyStopsTheApplication() {
        Map<String, Object> attributes = new HashMap<>();
        ServletContext context = context(attributes);
        assertThatThrownBy(() -> SharedMapae.startEarly(around(settings("isuer", "x"), context), context))
                .hasMessageContaining("did you mean issuer?");
        assertThatThrownBy(() -> SharedMapae.startEarly(around(settings("identity", "container"), context), context))
                .hasMessageContaining("identity = container: ");
        assertThat(SharedMapae.of(context)).isEmpty();
    }

    /** WildFly makes filters when requests come, and tells nobody of the end of what did not start. */
    @ParameterizedTest
    @CsvSource({"issuer, true", "isuer, false"})
    void whatADescriptorDeclaresBeginsBeforeItsFilter(String issuer, boolean begins) throws Exception {
        Map<String, Object> attributes = new HashMap<>();
        List<EventListener> listeners = new ArrayList<>();
        Map<String, String> initParams = settings(issuer, TokenBuilder.ISSUER);
        FilterRegistration filter = stub(FilterRegistration.class, (name, args) -> switch (name) {
            case "getClassName" -> BearerTokenFilter.class.getName();
            case "getName" -> "bearer";
            case "getInitParameters" -> new TomcatsParameters(initParams);
            default -> null;
        });
        ServletContext context = stub(ServletContext.class, (name, args) -> switch (name) {
            case "getFilterRegistrations" -> Map.of("bearer", filter);
            case "addListener" -> {
                listeners.add((EventListener) args[0]);
                yield null;
            }
            case "getResourceAsStream" ->
                new ByteArrayInputStream("<web-app><filter><filter-name>bearer</filter-name></filter></web-app>"
                        .getBytes(StandardCharsets.UTF_8));
            case "getAttribute" -> attributes.get((String) args[0]);
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            case "removeAttribute" -> attributes.remove((String) args[0]);
            case "getInitParameterNames" -> Collections.emptyEnumeration();
            case "getContextPath" -> "/app";
            default -> null;
        });
        new AutoRegistration().onStartup(null, context);
        AtomicInteger ended = new AtomicInteger();
        SharedMapae.atEnd(context, ended::incrementAndGet);
        assertThat(SharedMapae.of(context)).isEmpty();
        ServletContextListener early = (ServletContextListener) listeners.get(listeners.size() - 1);
        ServletContextEvent event = new ServletContextEvent(context);
        if (begins) {
            early.contextInitialized(event);
            assertThat(SharedMapae.of(context)).isPresent();
            assertThat(SharedMapae.takeEarly(around(initParams, context), context))
                    .isPresent();
            SharedMapae.end(context);
        } else {
            assertThatThrownBy(() -> early.contextInitialized(event)).hasMessageContaining("did you mean issuer?");
        }
        assertThat(SharedMapae.of(context)).isEmpty();
        assertThat(ended).hasValue(1);
    }

    /** Which are equal to nothing but themselves. */
    private static final class TomcatsParameters extends HashMap<String, String> {
        private static final long serialVersionUID = 1L;

        TomcatsParameters(Map<String, String> parameters) {
            super(parameters);
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** No filter is there to end what fetches keys, where an adapter started it. */
    @Test
    void whatAnAdapterSharesEndsWithTheApplication() throws Exception {
        Set<Thread> before = keyThreads();
        try (JwksServer keys = JwksServer.start(KEY)) {
            Map<String, String> settings = Map.of("issuer", keys.issuer(), "audience", TokenBuilder.AUDIENCE);
            HttpServlet adapter = Servlets.of((request, response) -> {
                ServletContext context = request.getServletContext();
                SharedMapae.share(Mapae.start("/app", SharedMapae.surroundings(settings, context)), context);
                Servlets.write(response, "shared");
            });
            App app = App.at("/app").servlet("/*", adapter).withInitializer();
            try (Container.Running server = container.start(app)) {
                assertThat(server.ask("GET", "/app/a").body()).isEqualTo("shared");
                assertThat(since(before)).hasSize(1);
            }
            assertThat(ended(since(before))).isTrue();
        }
    }

    /** Tomcat tells of the end by another object than of the start. */
    @Test
    void whatIsToRunAtTheEndRunsThen() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        HttpServlet adapter = Servlets.of((request, response) -> {
            SharedMapae.atEnd(request.getServletContext(), ended::incrementAndGet);
            Servlets.write(response, "noted");
        });
        App app = App.at("/app").servlet("/*", adapter).withInitializer();
        try (Container.Running server = container.start(app)) {
            assertThat(server.ask("GET", "/app/a").body()).isEqualTo("noted");
            assertThat(ended).hasValue(0);
        }
        assertThat(ended).hasValue(1);
    }

    @Test
    void whatAFilterSharesEndsWithIt() throws Exception {
        Set<Thread> before = keyThreads();
        try (JwksServer keys = JwksServer.start(KEY)) {
            App app = App.at("/app")
                    .servlet("/*", sharing())
                    .bearer(Map.of("issuer", keys.issuer(), "audience", TokenBuilder.AUDIENCE))
                    .withInitializer();
            try (Container.Running server = container.start(app)) {
                assertThat(server.ask("GET", "/app/a").status()).isEqualTo(401);
                assertThat(since(before)).hasSize(1);
            }
            assertThat(ended(since(before))).isTrue();
        }
    }

    private static Set<Thread> keyThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("mapae-keys"))
                .collect(Collectors.toSet());
    }

    private static Set<Thread> since(Set<Thread> before) {
        Set<Thread> threads = keyThreads();
        threads.removeAll(before);
        return threads;
    }

    private static boolean ended(Set<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        }
        return threads.stream().noneMatch(Thread::isAlive);
    }

    // without a server

    private static ServletContext context(Map<String, Object> attributes) {
        return stub(ServletContext.class, (name, args) -> switch (name) {
            case "getAttribute" -> attributes.get((String) args[0]);
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            case "removeAttribute" -> attributes.remove((String) args[0]);
            case "getFilterRegistrations" -> Map.of();
            case "getInitParameterNames" -> Collections.emptyEnumeration();
            case "getContextPath" -> "/app";
            default -> null;
        });
    }

    private static FilterConfig config(ServletContext context, String name) {
        return stub(FilterConfig.class, (method, args) -> switch (method) {
            case "getFilterName" -> name;
            case "getServletContext" -> context;
            case "getInitParameterNames" -> Collections.emptyEnumeration();
            default -> null;
        });
    }

    private interface Answers {
        @Nullable
        Object to(String method, Object[] args);
    }

    private static <T> T stub(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == args[0];
                    default -> answers.to(method.getName(), args == null ? new Object[0] : args);
                }));
    }

    private static Mapae mapae(ServletContext context) {
        return Mapae.start("/app", SharedMapae.surroundings(App.settings(KEY), context));
    }

    @Test
    void theFirstIsShared() {
        ServletContext context = context(new HashMap<>());
        assertThat(SharedMapae.of(context)).isEmpty();
        try (Mapae first = mapae(context);
                Mapae second = mapae(context)) {
            SharedMapae.share(first, context);
            SharedMapae.share(second, context);
            assertThat(SharedMapae.of(context)).containsSame(first);
        }
    }

    @Test
    void anApplicationIsKnownByItsClassesUntilItEnds() {
        ClassLoader classes = new ClassLoader(null) {};
        ServletContext one = context(classes);
        ServletContext two = context(classes);
        AtomicInteger ended = new AtomicInteger();
        assertThat(applicationOf(classes)).isEmpty();
        SharedMapae.atEnd(one, ended::incrementAndGet); // not begun: nobody will tell
        SharedMapae.begin(one);
        SharedMapae.atEnd(one, ended::incrementAndGet);
        assertThat(applicationOf(classes)).containsSame(one);
        SharedMapae.begin(two);
        assertThat(applicationOf(classes)).isEmpty();
        assertThat(applicationOf(new ClassLoader(null) {})).isEmpty();
        SharedMapae.Closer closer = new SharedMapae.Closer();
        closer.contextDestroyed(new ServletContextEvent(one));
        closer.contextDestroyed(new ServletContextEvent(one));
        assertThat(ended).hasValue(1);
        assertThat(applicationOf(classes)).containsSame(two);
        closer.contextDestroyed(new ServletContextEvent(two));
        assertThat(applicationOf(classes)).isEmpty();
    }

    private static ServletContext context(ClassLoader classes) {
        Map<String, Object> attributes = new HashMap<>();
        return stub(ServletContext.class, (name, args) -> switch (name) {
            case "getClassLoader" -> classes;
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            case "getAttribute" -> attributes.get((String) args[0]);
            case "removeAttribute" -> attributes.remove((String) args[0]);
            default -> null;
        });
    }

    private static Optional<ServletContext> applicationOf(ClassLoader classes) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            return SharedMapae.application();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Of another version of ours in the same server, say, whose classes are not these. */
    @Test
    void whatIsNoMapaeIsNotShared() {
        Map<String, Object> attributes = new HashMap<>(Map.of(Mapae.class.getName(), "a text"));
        ServletContext context = context(attributes);
        assertThat(SharedMapae.of(context)).isEmpty();
        try (Mapae mapae = mapae(context)) {
            SharedMapae.share(mapae, context);
            assertThat(SharedMapae.of(context)).containsSame(mapae);
        }
    }

    @Test
    void afterTheEndNothingIsShared() throws Exception {
        Set<Thread> before = keyThreads();
        Map<String, Object> attributes = new HashMap<>(Map.of("other", "kept"));
        ServletContext context = context(attributes);
        ServletContextEvent end = new ServletContextEvent(context);
        SharedMapae.Closer closer = new SharedMapae.Closer();
        closer.contextInitialized(end);
        closer.contextDestroyed(end);
        try (JwksServer keys = JwksServer.start(KEY)) {
            Map<String, String> settings = Map.of("issuer", keys.issuer(), "audience", TokenBuilder.AUDIENCE);
            SharedMapae.share(Mapae.start("/app", SharedMapae.surroundings(settings, context)), context);
            Set<Thread> started = since(before);
            assertThat(started).hasSize(1);
            closer.contextDestroyed(end);
            assertThat(ended(started)).isTrue();
            closer.contextDestroyed(end);
        }
        assertThat(attributes).containsOnlyKeys("other");
    }
}
