package io.mapae.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mapae.http.Demand;
import io.mapae.http.Passage;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * That annotations are read when the application starts, and requests only look up what was found: told by what a request
 * allocates, as a look at a class by reflection copies all that it finds.
 */
class ReadAtStartTest {
    /** All filters together take some 600 for a request, this test's stand-ins included; a look at a class more than twice the limit. */
    private static final long BYTES = 4_096;

    private static final int REQUESTS = 1_000;
    private static final TestKey KEY = TestKey.ec("P-256");
    private static final ContainerResponseContext RESPONSE = Fake.of(ContainerResponseContext.class, Map.of());

    private final MapaeFeatureTest.Application application = new MapaeFeatureTest.Application();
    private final ResourceCalled called = new ResourceCalled();
    private ContainerRequestContext request = new FakeExchange("GET", "/").context;

    /** The rest of the classes that are needed is loaded, and their code linked, by requests for another resource. */
    @BeforeEach
    void start() throws Exception {
        assertThat(application.configure(new MapaeFeature(Map.of(
                        "issuer", TokenBuilder.ISSUER,
                        "audience", TokenBuilder.AUDIENCE,
                        "public-key", KEY.publicJwk()))))
                .isTrue();
        context(component(DemandFilter.class), called);
        request = passed();
        called.method = Other.class.getMethod("get");
        for (int i = 0; i < REQUESTS; i++) {
            pass();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"roles", "scopes", "inherited", "unannotated", "permitted"})
    void notEvenTheFirstRequestReads(String name) throws Exception {
        called.method = Things.class.getMethod(name);
        component(EarlyReader.class).configure(called, Fake.of(FeatureContext.class, new Registering()));
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(allocated()).isBetween(1L, BYTES);
        }
    }

    /** Takes what the method for everybody needs. */
    private static final class Registering {
        @SuppressWarnings({"UnusedMethod", "UnusedVariable"}) // called by the fake
        @Nullable
        FeatureContext register(Object component) {
            return null;
        }
    }

    /** CXF names no methods of sub-resources at the start. This also shows that reading does not go unnoticed. */
    @ParameterizedTest
    @ValueSource(strings = {"roles", "scopes", "inherited", "unannotated", "permitted"})
    void whatTheStartDidNotNameIsReadByTheFirstRequestAlone(String name) throws Exception {
        called.method = Things.class.getMethod(name);
        assertThat(allocated()).isGreaterThan(2 * BYTES);
        for (int i = 1; i < REQUESTS; i++) {
            assertThat(allocated()).isBetween(1L, BYTES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"roles", "scopes", "inherited", "contradiction"})
    void whatWasFoundIsKept(String name) throws Exception {
        Demands demands = new Demands();
        List<Demand> found = demands.of(Things.class, Things.class.getMethod(name));
        assertThat(found).isNotEmpty();
        assertThat(demands.of(Things.class, Things.class.getMethod(name))) // an equal method, but another object
                .isSameAs(found);
    }

    /** What allocates nothing would go unnoticed otherwise, as the JDK keeps annotations that it has read once. */
    @Test
    void nobodyElseLooksAtClasses() throws Exception {
        assertThat(classesWith("\\b(is|get)\\w*Annotation|get(Declared)?Methods|getInterfaces|getSuperclass"))
                .containsExactly("Annotations");
        assertThat(classesWith("io/mapae/jaxrs/Annotations"))
                .containsExactlyInAnyOrder("Annotations", "Demands", "Unconfigured");
    }

    /** By the constants of their class files: whoever calls a method names it there. */
    private static List<String> classesWith(String constant) throws Exception {
        Path directory = Path.of(Annotations.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.resolve("io/mapae/jaxrs"), "*.class")) {
            for (Path file : files) {
                String constants = Files.readString(file, StandardCharsets.ISO_8859_1);
                if (Pattern.compile(constant).matcher(constants).find()) {
                    found.add(file.getFileName().toString().replace(".class", ""));
                }
            }
        }
        return found;
    }

    private long allocated() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        pass();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void pass() throws IOException {
        for (Object component : application.registered) {
            if (component instanceof ContainerRequestFilter filter) {
                filter.filter(request);
            } else if (component instanceof ContainerResponseFilter filter) {
                filter.filter(request, RESPONSE);
            }
        }
    }

    /** A request with the passage of one whose token was verified; it can be aborted by nobody. */
    private ContainerRequestContext passed() {
        FakeExchange first = new FakeExchange("GET", "/things")
                .bearing(TokenBuilder.signedBy(KEY)
                        .claim("groups", List.of("user"))
                        .claim("scope", "read")
                        .text());
        component(BearerTokenRequestFilter.class).filter(first.context);
        assertThat(first.aborted).isEmpty();
        UriInfo target = Fake.of(
                UriInfo.class,
                Map.of(
                        "getRequestUri",
                        URI.create("http://localhost:8080/things"),
                        "getMatchedResources",
                        List.of("one with a locator", new Things())));
        return Fake.of(
                ContainerRequestContext.class,
                Map.of(
                        "getMethod",
                        "GET",
                        "getUriInfo",
                        target,
                        "getHeaders",
                        new MultivaluedHashMap<>(first.headers),
                        "getProperty",
                        first.properties.get(Passage.ATTRIBUTE),
                        "getSecurityContext",
                        Fake.of(SecurityContext.class, Map.of("isSecure", true)),
                        "setSecurityContext",
                        "nothing is returned"));
    }

    private <T> T component(Class<T> type) {
        return application.registered.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    /** As an implementation of JAX-RS fills a field. */
    private static void context(DemandFilter filter, ResourceInfo resource) throws ReflectiveOperationException {
        Field field = DemandFilter.class.getDeclaredField("resource");
        field.setAccessible(true);
        field.set(filter, resource);
    }

    private static final class ResourceCalled implements ResourceInfo {
        private Method method = Object.class.getMethods()[0];

        @Override
        public Method getResourceMethod() {
            return method;
        }

        @Override
        public Class<?> getResourceClass() {
            return method.getDeclaringClass();
        }
    }

    public static class Other {
        @RolesAllowed("user")
        public void get() {}
    }

    interface Inherited {
        @RolesAllowed("user")
        @Scopes("read")
        void inherited();
    }

    public static class Things implements Inherited {
        @RolesAllowed("user")
        public void roles() {}

        @Scopes("read")
        public void scopes() {}

        @Override
        public void inherited() {}

        public void unannotated() {}

        @PermitAll
        public void permitted() {}

        @PermitAll
        @DenyAll
        public void contradiction() {}
    }
}
