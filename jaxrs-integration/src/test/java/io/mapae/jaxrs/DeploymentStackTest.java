package io.mapae.jaxrs;

import static io.mapae.jaxrs.Stack.request;
import static io.mapae.jaxrs.Stack.send;
import static io.mapae.jaxrs.Stack.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.mapae.jaxrs.Server.Make;
import io.mapae.jaxrs.app.BoundFilter;
import io.mapae.jaxrs.app.Things;
import io.mapae.testkit.TokenBuilder;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How the jar comes into an application, and what the application brings for it. */
class DeploymentStackTest {
    /** Where it is found in an application that lists its classes; by scanning, and by a name: {@link JaxRsStackTest}. */
    enum Found {
        /** No services are looked for then, but by RESTEasy all the same, under a name of its own. */
        IN_GET_CLASSES(Things.class, BoundFilter.class, MapaeFeature.class),
        /** Jakarta REST 3.1 §4.1.2. CXF does not: a feature that nobody names is not there. */
        BY_SERVICE_LOADER(Things.class, BoundFilter.class);

        private final List<Class<?>> classes;

        Found(Class<?>... classes) {
            this.classes = List.of(classes);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        Stack.stop();
    }

    // the feature

    private static URI at(Make make, Found found, boolean properties, String path) throws Exception {
        String listed = "jakarta.ws.rs.loadServices = " + (found == Found.BY_SERVICE_LOADER) + "\nclasses = "
                + found.classes.stream().map(Class::getName).collect(Collectors.joining(" "));
        if (properties) {
            listed += Stack.SETTINGS.entrySet().stream()
                    .map(setting -> "\nmapae." + setting.getKey() + " = " + setting.getValue())
                    .collect(Collectors.joining());
        }
        Map<String, String> elsewhere = properties ? Map.of() : Stack.SETTINGS;
        return Stack.at(
                make,
                Map.of("WEB-INF/web.xml", Stack.descriptor(elsewhere), "WEB-INF/classes/app.properties", listed),
                path);
    }

    private static Stream<Arguments> waysToBeFound() {
        return Stream.of(Make.values())
                .flatMap(make -> Stream.of(Found.values()).map(found -> Arguments.of(make, found)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("waysToBeFound")
    void theFeatureIsFound(Make make, Found found) throws Exception {
        boolean byNobody = found == Found.BY_SERVICE_LOADER && Stack.NAME.equals("cxf");
        HttpResponse<String> refused = send(request(at(make, found, false, "/things"), "GET", ""));
        assertThat(refused.statusCode()).isEqualTo(byNobody ? 200 : 401);
        assertThat(send(request(at(make, found, false, "/things"), "GET", token("user")))
                        .body())
                .isEqualTo(byNobody ? "nobody" : "user");
        assertThat(send(request(at(make, found, false, "/things/open"), "GET", ""))
                        .body())
                .isEqualTo("nobody");
    }

    @ParameterizedTest
    @EnumSource
    void propertiesOfTheApplicationAreSettings(Make make) throws Exception {
        assumeFalse(
                Stack.NAME.startsWith("resteasy"),
                "RESTEasy configures the feature before it knows these properties, and everybody may come");
        URI things = at(make, Found.IN_GET_CLASSES, true, "/things");
        HttpResponse<String> refused = send(request(things, "GET", ""));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().allValues("WWW-Authenticate")).containsExactly("Bearer realm=\"things\"");
        String foreign = TokenBuilder.signedBy(Stack.KEY)
                .audience("https://other.example")
                .text();
        assertThat(send(request(things, "GET", foreign)).statusCode()).isEqualTo(401);
        assertThat(send(request(things, "GET", token("user"))).body()).isEqualTo("user");
    }

    @ParameterizedTest
    @EnumSource
    void withoutSettingsEverythingIsAsItWas(Make make) throws Exception {
        Map<String, String> nothing = Map.of("WEB-INF/web.xml", Stack.descriptor(Map.of(), false));
        try (Log log = new Log("io.mapae")) {
            for (String row : List.of(
                    "GET /things nobody",
                    "GET /things/admin admin",
                    "GET /things/wrong wrong",
                    "DELETE /things never",
                    "POST /things written",
                    "GET /things/sub sub")) {
                String[] words = row.split(" ", 3);
                URI uri = Stack.at(make, nothing, words[1]);
                for (String token : List.of("", token("user"), "x")) {
                    HttpResponse<String> response = send(request(uri, words[0], token));
                    assertThat(response.statusCode() + " " + response.body())
                            .as(row)
                            .isEqualTo("200 " + words[2]);
                }
            }
            assertThat(log.lines)
                    .hasSize(Stack.NAME.startsWith("resteasy") ? 2 : 1) // it deploys as a filter, and as a servlet too
                    .containsOnly("Mapae has no settings here, and does nothing");
        }
    }
}
