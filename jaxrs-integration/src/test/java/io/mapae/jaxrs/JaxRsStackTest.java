package io.mapae.jaxrs;

import static io.mapae.jaxrs.Stack.KEY;
import static io.mapae.jaxrs.Stack.request;
import static io.mapae.jaxrs.Stack.send;
import static io.mapae.jaxrs.Stack.token;
import static io.mapae.jaxrs.Stack.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.mapae.jaxrs.Server.Make;
import io.mapae.testkit.Hostile;
import io.mapae.testkit.TokenBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A WAR with the JAX-RS implementation of this run, on each server, with and without the servlet filter. */
class JaxRsStackTest {
    /** What stands before the resources. */
    enum Front {
        /** JAX-RS alone, without rules. */
        NOTHING,
        /** JAX-RS alone, with rules of its own. */
        RULES,
        /** The servlet filter, which lets everybody through. */
        FILTER,
        /** The servlet filter, which wants a caller everywhere. */
        STRICT_FILTER
    }

    @AfterAll
    static void stop() throws Exception {
        Stack.stop();
    }

    private static URI at(Make make, Front front, String path) throws Exception {
        Map<String, String> settings = new TreeMap<>(Stack.SETTINGS);
        settings.put("cors.origins", "https://app.example");
        String rules =
                switch (front) {
                    case NOTHING -> "";
                    case RULES -> "/api/things/open deny; /** permit";
                    case FILTER -> "/** permit";
                    case STRICT_FILTER -> "/** authenticated";
                };
        settings.put("rules", rules);
        boolean filter = front == Front.FILTER || front == Front.STRICT_FILTER;
        return Stack.at(make, Map.of("WEB-INF/web.xml", Stack.descriptor(settings, filter)), path);
    }

    private static Stream<Arguments> everywhere() {
        return Stream.of(Make.values())
                .flatMap(make -> Stream.of(Front.values()).map(front -> Arguments.of(make, front)));
    }

    // annotations

    /** Who gets what; where the servlet filter wants a caller as well, the stricter of the two counts. */
    private static final String TABLE = """
            GET    | /things           | nobody | 401 |
            GET    | /things           | user   | 200 | user
            GET    | /things/open      | nobody | 200 | nobody
            GET    | /things/open      | user   | 200 | user
            GET    | /things/asking    | nobody | 200 | false, true
            GET    | /things/asking-users | user | 200 | true, true
            GET    | /things/admin     | nobody | 401 |
            GET    | /things/admin     | user   | 403 | role
            GET    | /things/admin     | admin  | 200 | admin
            GET    | /things/several   | user   | 200 | several
            GET    | /things/several   | reader | 403 | role
            GET    | /things/everybody | nobody | 401 |
            GET    | /things/everybody | reader | 200 | everybody
            DELETE | /things           | nobody | 401 |
            DELETE | /things           | admin  | 403 |
            POST   | /things           | nobody | 401 |
            POST   | /things           | reader | 403 | scope board:read board:write
            POST   | /things           | writer | 200 | written
            GET    | /things/any       | user   | 403 | scope board:read board:write
            GET    | /things/any       | reader | 200 | any
            GET    | /things/both      | reader | 403 | role
            GET    | /things/both      | admin  | 200 | both
            GET    | /things/wrong     | nobody | 401 |
            GET    | /things/wrong     | admin  | 403 |
            GET    | /things/sub       | nobody | 401 |
            GET    | /things/sub       | user   | 403 | role
            GET    | /things/sub       | admin  | 200 | sub
            GET    | /things/sub/open  | nobody | 200 | open sub
            GET    | /things/sub/deeper/deeper | user | 403 | role
            GET    | /things/sub/deeper/deeper | admin | 200 | sub
            GET    | /guarded/sub/open | nobody | 401 |
            GET    | /guarded/sub/open | user   | 403 | role
            GET    | /guarded/sub/open | admin  | 200 | open sub
            GET    | /guarded/sub/deeper/open | user | 403 | role
            GET    | /ajar             | nobody | 200 | ajar
            GET    | /ajar/sub/open    | nobody | 401 |
            GET    | /ajar/sub/open    | admin  | 403 |
            GET    | /things/bound     | nobody | 401 |
            GET    | /things/bound     | user   | 200 | bound
            GET    | /things/async     | user   | 200 | user
            GET    | /things/async     | nobody | 401 |
            GET    | /things/unwrapped | user   | 200 | nobody
            GET    | /things/stage     | user   | 200 | user
            GET    | /things/claim/exp | user   | 200 | \\d{10}
            GET    | /things/claim/sub | user   | 403 |
            GET    | /things/claim/nix | user   | 200 | none
            """;

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everywhere")
    void annotationsDecide(Make make, Front front) throws Exception {
        for (String line : TABLE.strip().split("\n", -1)) {
            String[] row = Stream.of(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            boolean denied = (front == Front.RULES && row[1].equals("/things/open"))
                    || (front == Front.STRICT_FILTER && row[2].equals("nobody"));
            String status = !denied ? row[3] : row[2].equals("nobody") ? "401" : "403";
            HttpResponse<String> response = send(request(at(make, front, row[1]), row[0], token(row[2])));
            assertThat(response.statusCode()).as(line + " " + response.body()).isEqualTo(Integer.parseInt(status));
            boolean current = List.of("/things/async", "/things/stage").contains(row[1]);
            if (status.equals("200")) {
                assertThat(response.body()).as(line).matches(current ? current(front) : row[4]);
            } else {
                assertThat(response.headers().allValues("WWW-Authenticate"))
                        .as(line)
                        .isEqualTo(challenge(status, denied ? "" : row[4]));
            }
            assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        }
    }

    private static List<String> challenge(String status, String missing) {
        if (status.equals("401")) {
            return List.of("Bearer realm=\"things\"");
        }
        String[] words = missing.split(" ", 2);
        return words[0].isEmpty()
                ? List.of()
                : List.of("Bearer realm=\"things\", error=\"insufficient_scope\", error_description=\"A " + words[0]
                        + " is missing\"" + (words.length == 1 ? "" : ", scope=\"" + words[1] + "\""));
    }

    /** What {@code Caller.current()} says: nothing lets it be known by CXF alone. */
    private static String current(Front front) {
        boolean behindFilter = front == Front.FILTER || front == Front.STRICT_FILTER;
        return Stack.NAME.equals("cxf") && !behindFilter ? "nobody" : "user";
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everywhere")
    void theCallerIsInTheSecurityContext(Make make, Front front) throws Exception {
        assertThat(send(request(at(make, front, "/things/context"), "GET", token("user")))
                        .body())
                .isEqualTo("user true false BEARER false " + current(front));
        boolean behindFilter = front == Front.FILTER || front == Front.STRICT_FILTER;
        assertThat(send(request(at(make, front, "/things/same"), "GET", token("user")))
                        .body())
                .isEqualTo(String.valueOf(behindFilter));
        assertThat(send(request(at(make, front, "/things/bound"), "GET", token("user")))
                        .headers()
                        .firstValue("X-Seen"))
                .contains("user");
        assertThat(send(request(at(make, front, "/things/events"), "GET", token("user")))
                        .body())
                .contains("data: " + current(front));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everywhere")
    void virtualThreadsAreToldTheCaller(Make make, Front front) throws Exception {
        assumeTrue(Runtime.version().feature() >= 21);
        assertThat(send(request(at(make, front, "/things/virtual"), "GET", token("user")))
                        .body())
                .startsWith("VirtualThread[")
                .endsWith(" " + current(front));
    }

    // one contract

    private static Map<String, HttpRequest.Builder> refused(URI uri) {
        Map<String, HttpRequest.Builder> requests = new TreeMap<>();
        for (Hostile hostile : Hostile.values()) {
            if (hostile.fitsHeader()) {
                requests.put(hostile.name(), request(uri, "GET", hostile.token(TokenBuilder.signedBy(KEY), KEY)));
            }
        }
        requests.put("none", request(uri, "GET", ""));
        requests.put("head", request(uri, "HEAD", ""));
        requests.put("head with a bad token", request(uri, "HEAD", "x"));
        requests.put("two", request(uri, "GET", token("user")).header("Authorization", "Bearer " + token("user")));
        requests.put("joined", request(uri, "GET", token("user") + ", Bearer " + token("user")));
        requests.put("no token", request(uri, "GET", "").header("Authorization", "Bearer"));
        requests.put("other scheme", request(uri, "GET", "").header("Authorization", "Basic YTpi"));
        requests.put("no b64token", request(uri, "GET", "a b"));
        requests.put(
                "expired",
                request(uri, "GET", TokenBuilder.signedBy(KEY).expiresIn(-3600).text()));
        requests.put(
                "audience",
                request(uri, "GET", TokenBuilder.signedBy(KEY).audience("x").text()));
        requests.put("cors", request(uri, "GET", "x").header("Origin", "https://app.example"));
        requests.put("foreign", request(uri, "GET", "x").header("Origin", "https://evil.example"));
        requests.put(
                "access_token in the query", request(URI.create(uri + "?access_token=" + token("user")), "GET", ""));
        return requests;
    }

    @ParameterizedTest
    @EnumSource
    void refusesInTheSameWordsAsTheServletFilter(Make make) throws Exception {
        Map<String, HttpRequest.Builder> behind = refused(at(make, Front.STRICT_FILTER, "/things"));
        assertThat(behind).isNotEmpty();
        for (Map.Entry<String, HttpRequest.Builder> each :
                refused(at(make, Front.NOTHING, "/things")).entrySet()) {
            HttpResponse<String> own = send(each.getValue());
            assertThat(own.statusCode()).as(each.getKey()).isIn(200, 400, 401, 431); // 431 is the server's own
            assertThat(told(own))
                    .as(each.getKey())
                    .isEqualTo(told(send(Objects.requireNonNull(behind.get(each.getKey())))));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everywhere")
    void answersPreflights(Make make, Front front) throws Exception {
        for (String path : List.of("/options", "/options/never", "/things/admin")) {
            HttpRequest.Builder preflight =
                    request(at(make, front, path), "OPTIONS", "").header("Access-Control-Request-Method", "GET");
            HttpResponse<String> listed = send(preflight.copy().header("Origin", "https://app.example"));
            assertThat(listed.statusCode() + listed.body()).isEqualTo("204");
            assertThat(listed.headers().allValues("Access-Control-Allow-Origin"))
                    .containsExactly("https://app.example");
            assertThat(send(preflight.copy().header("Origin", "https://evil.example"))
                            .statusCode())
                    .isEqualTo(403);
        }
        HttpResponse<String> missing =
                send(request(at(make, front, "/none"), "GET", token("user")).header("Origin", "https://app.example"));
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.headers().allValues("Access-Control-Allow-Origin")).containsExactly("https://app.example");
        HttpResponse<String> page =
                send(request(at(make, front, "/things"), "GET", token("user")).header("Origin", "https://app.example"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().allValues("Access-Control-Allow-Origin")).containsExactly("https://app.example");
        assertThat(page.headers().allValues("Vary")).containsExactly("Origin");
        for (String path : List.of("/things/admin", "/things/claim/sub")) {
            HttpResponse<String> refused =
                    send(request(at(make, front, path), "GET", token("user")).header("Origin", "https://app.example"));
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().allValues("Access-Control-Allow-Origin"))
                    .containsExactly("https://app.example");
            assertThat(refused.headers().allValues("Vary")).containsExactly("Origin");
        }
    }

    // calls to other services

    /** Where the resource sends a request, and the tokens that arrive at the listed and at the other service. */
    @ParameterizedTest(name = "{0}, behind the filter: {1}, {2}")
    @CsvSource({
        "TOMCAT, true, relay, /ok, 200",
        "JETTY, true, relay, /ok, 200",
        "TOMCAT, false, relay-later, /ok, 200",
        "JETTY, false, relay-later, /ok, 200",
        "TOMCAT, true, relay, /away, 302",
        "JETTY, false, relay-later, /away, 302",
    })
    void theTokenGoesAlongToListedServicesOnly(Make make, boolean filter, String method, String path, int status)
            throws Exception {
        String token = token("user");
        try (Service listed = new Service();
                Service other = new Service()) {
            listed.redirect = other.origin() + "/ok";
            URI resource = at(make, filter ? Front.FILTER : Front.NOTHING, "/things/" + method);
            String query = "?listed=" + listed.origin() + "&to=";
            assertThat(send(request(URI.create(resource + query + listed.origin() + path), "GET", token))
                            .body())
                    .isEqualTo(String.valueOf(status));
            assertThat(listed.tokens).containsExactly("Bearer " + token);
            assertThat(send(request(URI.create(resource + query + other.origin() + "/ok"), "GET", token))
                            .body())
                    .isEqualTo("200");
            assertThat(other.tokens).containsExactly("none");
        }
    }

    /** Another service, which notes what it is sent. */
    private static final class Service implements AutoCloseable {
        private final HttpServer server;
        private final List<String> tokens = new CopyOnWriteArrayList<>();
        private volatile String redirect = "";

        Service() throws IOException {
            server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
            server.createContext("/", exchange -> {
                tokens.add(
                        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "none"));
                boolean away = exchange.getRequestURI().getPath().equals("/away");
                if (away) {
                    exchange.getResponseHeaders().add("Location", redirect);
                }
                exchange.sendResponseHeaders(away ? 302 : 200, -1);
                exchange.close();
            });
            server.start();
        }

        String origin() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @Test
    void aStackIsHere() {
        assertThat(Stack.NAME).isNotEqualTo("none");
    }
}
