package io.mapae.example.demo;

import static io.mapae.example.demo.Curl.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.example.Live;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts, profiles and two boards, each in a process of its own, which share no session. */
class SplitIT {
    private static final Path WAR =
            Path.of(System.getProperty("example.war", "target/mapae-example-0.1.0-SNAPSHOT.war"));

    private static Demo demo;
    private static List<URI> services;
    private static String bob;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        demo = Demo.start(WAR, directory, Options.defaults().splitServices());
        services = new ArrayList<>(List.of(demo.base()));
        Matcher elsewhere = Pattern.compile("(http://127.0.0.1:\\d+/)api/(profile|boards)")
                .matcher(run("curl " + demo.base() + "demo/config").body());
        while (elsewhere.find()) {
            services.add(URI.create(elsewhere.group(1)));
        }
        bob = Curl.login(demo.base(), Account.BOB);
    }

    @AfterAll
    static void stop() {
        demo.close();
        long ended = ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .count();
        assertThat(ended).as("processes that go on").isZero();
    }

    @Test
    void theyAreInFourPlaces() {
        assertThat(services).doesNotHaveDuplicates().hasSize(4);
        assertThat(ProcessHandle.current().children()).hasSize(3);
    }

    @Test
    void eachLineAnswersAsItSays() throws Exception {
        for (Line line : demo.lines()) {
            assertThat(run(line.curl(), demo.tokens()).statusCode())
                    .as(line.what())
                    .isEqualTo(line.status());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, api/admin, 200", "0, api/profile, 403", "0, api/boards, 403",
        "1, api/admin, 403", "1, api/profile, 200", "1, api/boards, 403",
        "2, api/admin, 403", "2, api/profile, 403", "2, api/boards, 200",
        "3, api/admin, 403", "3, api/profile, 403", "3, api/boards, 200",
    })
    void eachAnswersForItselfAlone(int service, String path, int status) throws Exception {
        HttpResponse<String> answer = get(services.get(service).resolve(path), bob);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    /** Its name was asked of the profile service, with the token that the board got. */
    @Test
    void bothBoardsAreOne() throws Exception {
        HttpResponse<String> posted = post(services.get(3), "to both");
        assertThat(posted.statusCode()).isEqualTo(201);
        assertThat(posted.body()).contains("\"author\":\"bob\"");
        assertThat(get(services.get(2).resolve("api/boards"), bob).body()).contains(posted.body());
    }

    @ParameterizedTest
    @CsvSource({"EVENTS", "SOCKET"})
    void aTicketFromOnePlaceOpensEventsOfAnother(Live.Kind kind) throws Exception {
        String ticket = "?ticket=" + Curl.ticket(demo.base(), bob, kind.path());
        try (Live live = Live.open(kind, base(services.get(2)), ticket)) {
            assertThat(live.isOpen()).isTrue();
            String posted = post(services.get(3), "written at the other node").body();
            assertThat(live.next()).contains(posted);
        }
        for (URI board : services.subList(2, 4)) {
            try (Live again = Live.open(kind, base(board), ticket)) {
                assertThat(again.status()).isEqualTo(401);
            }
        }
    }

    @Test
    void thePageMayCallThemAndNoOtherMay() throws Exception {
        String page = base(demo.base()).toString();
        for (URI service : services.subList(1, 4)) {
            String path = service.resolve(service.equals(services.get(1)) ? "api/profile" : "api/boards")
                    .toString();
            assertThat(preflight(path, page).headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(page);
            String otherName = page.replace("127.0.0.1", "localhost");
            assertThat(preflight(path, otherName).headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(otherName);
            assertThat(preflight(path, "http://127.0.0.1:1").statusCode()).isEqualTo(403);
            HttpResponse<String> refused = run("curl " + path + " -H 'Origin: " + page + "'");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue(page);
        }
        String policy = run("curl " + demo.base())
                .headers()
                .firstValue("Content-Security-Policy")
                .orElseThrow();
        assertThat(Stream.of(services.get(1), services.get(2), services.get(3)).map(SplitIT::base))
                .allSatisfy(service -> assertThat(policy).contains(" " + service));
    }

    private static HttpResponse<String> preflight(String address, String origin) throws Exception {
        return run("curl " + address + " -X OPTIONS -H 'Origin: " + origin
                + "' -H 'Access-Control-Request-Method: GET' -H 'Access-Control-Request-Headers: authorization'");
    }

    private static HttpResponse<String> get(URI address, String token) throws Exception {
        return run("curl " + address + " -H 'Authorization: Bearer " + token + "'");
    }

    private static HttpResponse<String> post(URI board, String text) throws Exception {
        return run("curl " + board.resolve("api/boards") + " -H 'Authorization: Bearer " + bob
                + "' -H 'Content-Type: text/plain' --data '" + text + "'");
    }

    /** Without a slash at its end. */
    private static URI base(URI service) {
        return URI.create(service.toString().replaceAll("/$", ""));
    }
}
