package io.mapae.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.example.Live.Kind;
import io.mapae.example.Servers.Make;
import io.mapae.example.WebServer.Deployment;
import io.mapae.example.demo.Account;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The application with accounts of its own, by settings alone, and its board live. */
class LiveIT {
    private static final Servers SERVERS = Servers.start();
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Map<Make, Deployment> DEPLOYED = new EnumMap<>(Make.class);

    @BeforeAll
    static void deploy(@TempDir Path directory) throws Exception {
        for (Make make : Make.values()) {
            DEPLOYED.put(make, deploy(make, "/live", directory.resolve(make.name()), "PT10M"));
        }
    }

    private static Deployment deploy(Make make, String path, Path database, String lifetime) throws Exception {
        String url = "jdbc:h2:file:" + database;
        Account.install(url);
        String base = SERVERS.get(make).base() + path;
        Map<String, String> settings = Map.of(
                "mapae.issuer",
                base + "/auth",
                "mapae.audience",
                base,
                "mapae.jwks-uri",
                "service:",
                "mapae.revocation",
                "service:",
                "mapae.service.issuer",
                base + "/auth",
                "mapae.service.audience",
                base,
                "mapae.service.key-secret",
                "A".repeat(43),
                "mapae.service.datasource",
                url,
                "mapae.service.algorithm",
                "ES256",
                "mapae.service.access-lifetime",
                lifetime);
        settings.forEach(System::setProperty);
        try {
            return SERVERS.get(make).deploy(path, Map.of());
        } finally {
            settings.keySet().forEach(System::clearProperty);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        SERVERS.stop();
    }

    static Stream<Arguments> all() {
        return Stream.of(Make.values()).flatMap(make -> Stream.of(Kind.values()).map(kind -> Arguments.of(make, kind)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void tellsWhatComesAndGoes(Make make, Kind kind) throws Exception {
        URI base = base(make, "/live");
        String bob = login(base);
        try (Live live = Live.open(kind, base, ticket(base, bob, kind.path()))) {
            assertThat(live.isOpen()).isTrue();
            HttpResponse<String> posted = Http.post(URI.create(base + "/api/boards"), bob, "마패 \"quoted\"\nand more");
            assertThat(posted.statusCode()).isEqualTo(201);
            String id = found("\"id\":(\\d+)", posted.body());
            assertThat(live.next())
                    .isEqualTo(
                            kind == Kind.EVENTS
                                    ? "event: post data: " + posted.body()
                                    : "{\"type\":\"post\",\"post\":" + posted.body() + "}");
            Http.send(Http.request(URI.create(base + "/api/boards/" + id), bob)
                    .DELETE()
                    .build());
            assertThat(live.next())
                    .isEqualTo(
                            kind == Kind.EVENTS
                                    ? "event: removed data: {\"id\":" + id + "}"
                                    : "{\"type\":\"removed\",\"id\":" + id + "}");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void opensForATicketOfThatPathOnceAndForNothingElse(Make make, Kind kind) throws Exception {
        URI base = base(make, "/live");
        String bob = login(base);
        Kind other = kind == Kind.EVENTS ? Kind.SOCKET : Kind.EVENTS;
        assertThat(status(kind, base, "")).isEqualTo(401);
        assertThat(status(kind, base, "?access_token=" + bob)).isEqualTo(401);
        assertThat(status(kind, base, "?ticket=" + bob)).isEqualTo(400);
        assertThat(status(kind, base, ticket(base, bob, other.path()))).isEqualTo(401);
        String once = ticket(base, bob, kind.path());
        assertThat(status(kind, base, once)).isIn(200, 101);
        assertThat(status(kind, base, once)).isEqualTo(401);
        HttpRequest head = Http.request(URI.create(base + Kind.EVENTS.path()), bob)
                .method("HEAD", BodyPublishers.noBody())
                .build();
        assertThat(Http.send(head).statusCode()).isEqualTo(405); // it would be open for ever
    }

    /** Whoever logs out, or loses an account, is told nothing more when that is over that was opened before. */
    @ParameterizedTest
    @MethodSource("all")
    void endsWithTheTokenThatTheTicketWasBoughtWith(Make make, Kind kind, @TempDir Path directory) throws Exception {
        Deployment brief = deploy(make, "/brief", directory.resolve("brief"), "PT8S");
        URI base = base(make, "/brief");
        try (Live live = Live.open(kind, base, ticket(base, login(base), kind.path()))) {
            assertThat(live.isOpen()).isTrue();
            assertThat(live.next()).isEqualTo(Live.END);
        } finally {
            brief.undeploy();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void endsWithALogoutEverywhere(Make make, Kind kind) throws Exception {
        URI base = base(make, "/live");
        String bob = login(base);
        try (Live live = Live.open(kind, base, ticket(base, bob, kind.path()))) {
            assertThat(live.isOpen()).isTrue();
            HttpRequest logout = Http.request(URI.create(base + "/auth/logout?everywhere=true"), bob)
                    .POST(BodyPublishers.noBody())
                    .build();
            assertThat(Http.send(logout).statusCode()).isEqualTo(204);
            assertThat(live.next()).isEqualTo(Live.END);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void endsWithTheApplication(Make make, Kind kind, @TempDir Path directory) throws Exception {
        Deployment leaving = deploy(make, "/leaving-" + kind, directory.resolve("leaving"), "PT10M");
        URI base = base(make, "/leaving-" + kind);
        try (Live live = Live.open(kind, base, ticket(base, login(base), kind.path()))) {
            assertThat(live.isOpen()).isTrue();
            leaving.undeploy();
            assertThat(live.next()).isEqualTo(Live.END);
        }
    }

    /** The demonstration's own endpoints are its launcher's. */
    @ParameterizedTest
    @EnumSource
    void hasNothingOfTheDemonstration(Make make) {
        URI base = base(make, "/live");
        for (String token : new String[] {"", login(base)}) {
            assertThat(Http.get(URI.create(base + "/demo/config"), token).statusCode())
                    .isEqualTo(404);
            for (String path : new String[] {"/demo/inspect", "/demo/hostile"}) {
                assertThat(Http.post(URI.create(base + path), token, "{}").statusCode())
                        .isEqualTo(make == Make.TOMCAT ? 404 : 405); // Jetty's own for a path that nobody has
            }
        }
    }

    private static int status(Kind kind, URI base, String query) throws Exception {
        try (Live live = Live.open(kind, base, query)) {
            return live.status();
        }
    }

    private static URI base(Make make, String path) {
        return URI.create(SERVERS.get(make).base() + path);
    }

    private static String login(URI base) {
        String form = "username=" + Account.BOB.title() + "&password=" + Account.PASSWORD;
        return found("\"access_token\":\"([^\"]+)\"", form(base, "login", "", form));
    }

    private static String ticket(URI base, String token, String path) {
        return "?ticket=" + found("\"ticket\":\"([^\"]+)\"", form(base, "ticket", token, "path=" + path));
    }

    private static String form(URI base, String endpoint, String token, String form) {
        URI address = URI.create(base + "/auth/" + endpoint);
        return Http.post(address, token, FORM, BodyPublishers.ofString(form)).body();
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
