package io.mapae.jaxrs;

import static io.mapae.jaxrs.Stack.request;
import static io.mapae.jaxrs.Stack.send;
import static io.mapae.jaxrs.Stack.token;
import static io.mapae.jaxrs.Stack.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.http.RefusalBody;
import io.mapae.jaxrs.Server.Make;
import io.mapae.jaxrs.app.BoundFilter;
import io.mapae.jaxrs.app.OwnBody;
import io.mapae.jaxrs.app.Things;
import io.mapae.testkit.TokenBuilder;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
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
                    "POST /things",
                    "GET /things/sub sub",
                    "OPTIONS /options/never never")) {
                String[] words = row.split(" ", 3);
                URI uri = Stack.at(make, nothing, words[1]);
                for (String token : List.of("", token("user"), "x")) {
                    HttpResponse<String> response = send(request(uri, words[0], token));
                    // scopes are nobody else's affair: without us, nobody would ask for them
                    assertThat(response.statusCode() + " " + response.body())
                            .as(row)
                            .isEqualTo(words.length == 2 ? "503 " : "200 " + words[2]);
                }
            }
            assertThat(log.lines)
                    .hasSize(Stack.NAME.startsWith("resteasy") ? 2 : 1) // it deploys as a filter, and as a servlet too
                    .allMatch(line -> line.startsWith("Mapae has no settings here, and does nothing: "));
        }
    }

    // the application's own

    /** Its own words for refusals, and its own answers to preflights: there is no {@code cors.origins}. */
    private static URI at(Make make, boolean filter, String path) throws Exception {
        Map<String, String> settings = new TreeMap<>(Stack.SETTINGS);
        if (filter) {
            settings.put("rules", "/api/things/** authenticated; /** permit");
        }
        return Stack.at(
                make,
                Map.of(
                        "WEB-INF/web.xml",
                        Stack.descriptor(settings, filter),
                        "WEB-INF/classes/META-INF/services/" + RefusalBody.class.getName(),
                        OwnBody.class.getName()),
                path);
    }

    @ParameterizedTest
    @EnumSource
    void refusalsAreInTheApplicationsWords(Make make) throws Exception {
        for (String row : List.of(
                "/things nobody 401 NO_TOKEN",
                "/things x 401 NOT_COMPACT",
                "/things/admin user 403 ROLE_MISSING",
                "/things/any user 403 SCOPE_MISSING",
                "/things/wrong user 403 DENIED",
                "/things/claim/sub user 403 CLAIM_OF_OTHER_TYPE")) {
            String[] words = row.split(" ", 3);
            String token = words[1].equals("x") ? "x" : token(words[1]);
            HttpResponse<String> alone = send(request(at(make, false, words[0]), "GET", token));
            assertThat(alone.statusCode() + " " + alone.body()).isEqualTo(words[2].replace(" ", " ¡"));
            assertThat(told(alone)).isEqualTo(told(send(request(at(make, true, words[0]), "GET", token))));
        }
    }

    @ParameterizedTest(name = "{0}, behind the filter: {1}")
    @CsvSource({"TOMCAT, false", "JETTY, false", "TOMCAT, true", "JETTY, true"})
    void whoIsDressedUpAsAPreflightIsHeldToAnnotations(Make make, boolean filter) throws Exception {
        for (String row : List.of(
                "/options nobody 200 plain",
                "/options/open nobody 200 open",
                "/options/admin nobody 401 NO_TOKEN",
                "/options/admin user 403 ROLE_MISSING",
                "/options/admin admin 200 admin",
                "/options/never nobody 401 NO_TOKEN",
                "/options/never admin 403 DENIED")) {
            String[] words = row.split(" ", 3);
            HttpRequest.Builder preflight = request(at(make, filter, words[0]), "OPTIONS", token(words[1]))
                    .header("Origin", "https://app.example")
                    .header("Access-Control-Request-Method", "GET");
            HttpResponse<String> response = send(preflight);
            assertThat(response.statusCode() + " " + response.body().replace("¡", ""))
                    .as(row)
                    .isEqualTo(words[2]);
        }
    }
}
