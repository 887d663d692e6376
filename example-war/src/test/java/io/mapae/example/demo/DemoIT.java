package io.mapae.example.demo;

import static io.mapae.example.demo.Curl.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.testkit.JwksServer;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {
    private static final Path WAR =
            Path.of(System.getProperty("example.war", "target/mapae-example-0.1.0-SNAPSHOT.war"));

    @Test
    void eachLineAnswersAsItSays(@TempDir Path directory) throws Exception {
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            assertThat(demo.lines()).hasSize(10);
            for (Line line : demo.lines()) {
                assertThat(run(line.curl(), demo.tokens()).statusCode())
                        .as(line.what())
                        .isEqualTo(line.status());
            }
            assertThat(run(demo.lines().get(0).curl(), demo.tokens()).body()).contains("\"name\":\"alice\"");
        }
    }

    @Test
    void thePageIsThere(@TempDir Path directory) throws Exception {
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            assertThat(demo.base().getHost()).isEqualTo("127.0.0.1");
            assertThat(run("curl " + demo.base()).body()).contains(">Mapae example</h1>");
            URI elsewhere = URI.create("http://localhost:" + demo.base().getPort() + "/");
            assertThat(run("curl " + elsewhere).statusCode()).isEqualTo(200);
            assertThat(run("curl " + demo.base() + "assets/").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void whatIsSecretIsItsOwnersOnly(@TempDir Path parent) throws Exception {
        Path directory = parent.resolve("to/be/made");
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            assertThat(run("curl " + demo.base() + "auth/jwks.json").statusCode())
                    .isEqualTo(200);
        }
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            assertThat(Files.getPosixFilePermissions(directory))
                    .allMatch(who -> who.name().startsWith("OWNER_"));
            for (String file : List.of("key.p12", "secret")) {
                assertThat(Files.getPosixFilePermissions(directory.resolve(file)))
                        .as(file)
                        .extracting(Enum::name)
                        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
            }
        }
    }

    @Test
    void aTokenOutlivesARestart(@TempDir Path directory) throws Exception {
        Options options;
        Line line;
        Map<String, String> earlier;
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            options = Options.defaults().port(demo.base().getPort());
            line = demo.lines().get(0);
            earlier = demo.tokens();
        }
        try (Demo demo = Demo.start(WAR, directory, options)) {
            assertThat(run(line.curl(), earlier).statusCode())
                    .as(demo.base().toString())
                    .isEqualTo(200);
        }
    }

    @Test
    void whatIsUnpackedIsInItsDirectoryAndGoesWithTheNextStart(@TempDir Path directory) throws Exception {
        Options options;
        Path unpacked;
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            options = Options.defaults().port(demo.base().getPort());
            unpacked = directory.resolve("jetty-" + options.port());
            assertThat(unpacked).isNotEmptyDirectory();
        }
        Path left = Files.writeString(
                Files.createDirectories(unpacked.resolve("killed")).resolve("file"), "");
        try (Demo demo = Demo.start(WAR, directory, options)) {
            assertThat(run("curl " + demo.base()).statusCode()).isEqualTo(200);
            assertThat(unpacked).isNotEmptyDirectory();
            assertThat(left).doesNotExist();
        }
    }

    @Test
    void aWrongIssuerIsSaidInAFewLines(@TempDir Path directory) {
        try (Logged logged = new Logged()) {
            Options wrong = Options.defaults().issuer("login.example");
            assertThatThrownBy(() -> Demo.start(WAR, directory, wrong))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("mapae.issuer = login.example)")
                    .hasMessageEndingWith("such as -Dmapae.jwks-uri=…")
                    .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
                    .hasLineCount(3);
            assertThat(logged.records()).noneMatch(record -> record.getThrown() != null);
        }
    }

    @Test
    void anIssuerOutOfReachIsSaid(@TempDir Path directory) throws Exception {
        Options options = Options.defaults().issuer("http://127.0.0.1:1");
        try (Logged logged = new Logged();
                Demo demo = Demo.start(WAR, directory, options)) {
            assertThat(run("curl " + demo.base()).statusCode()).isEqualTo(200);
            assertThat(logged.says("io.mapae.keys", "Keys of issuer http://127.0.0.1:1 are out of reach; "))
                    .isTrue();
            assertThat(logged.says("io.mapae", "audience = *: ")).isTrue();
        }
    }

    @Test
    void aPortInUseIsSaidInOneLine(@TempDir Path directory) throws Exception {
        try (Demo first = Demo.start(WAR, directory, Options.defaults())) {
            int port = first.base().getPort();
            assertThatThrownBy(
                            () -> Demo.start(WAR, directory, Options.defaults().port(port)))
                    .isInstanceOf(BindException.class)
                    .hasMessage("Port " + port + " is in use: choose another with -Dport=…");
        }
    }

    @Test
    void aBrokenKeyIsNotReplaced(@TempDir Path directory) throws IOException {
        Path key = Files.writeString(directory.resolve("key.p12"), "no key");
        assertThatThrownBy(() -> Demo.start(WAR, directory, Options.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessage(key + " cannot be read; delete it, and a new one is made");
    }

    @Test
    void thePageIsToldWhereEverythingIsAndWhoMayLogIn(@TempDir Path directory) throws Exception {
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            HttpResponse<String> config = run("curl " + demo.base() + "demo/config");
            assertThat(config.body())
                    .startsWith("{\"external\":false,\"accounts\":[{\"name\":\"alice\",\"password\":\"mapae-demo\",")
                    .endsWith(
                            "\"services\":{\"auth\":\"auth/\",\"profile\":\"api/profile\",\"boards\":[\"api/boards\"],"
                                    + "\"events\":\"api/board-events\",\"socket\":\"api/board-socket\"}}");
            assertThat(config.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(run("curl " + demo.base() + "demo/other").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void eachAccountIsAsItSays(@TempDir Path directory) throws Exception {
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            String alice = Curl.login(demo.base(), Account.ALICE);
            String bob = Curl.login(demo.base(), Account.BOB);
            assertThat(get(demo, "api/admin", alice).statusCode()).isEqualTo(403);
            assertThat(get(demo, "api/admin", bob).statusCode()).isEqualTo(200);
            assertThat(get(demo, "api/boards", alice).statusCode()).isEqualTo(200);
            assertThatThrownBy(() -> Curl.login(demo.base(), Account.CAROL))
                    .hasMessage("no access_token in {\"error\":\"invalid_grant\"}");
        }
    }

    @Test
    void everyHostileTokenIsRefusedForWhatItIs(@TempDir Path directory) throws Exception {
        Map<String, String> reasons = Map.of(
                "altered", "BAD_SIGNATURE Signature",
                "expired", "EXPIRED Expiry",
                "audience", "WRONG_AUDIENCE Audience",
                "unsigned", "NOT_COMPACT Text");
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            String good = Curl.login(demo.base(), Account.ALICE);
            for (Hostile hostile : Hostile.values()) {
                String kind = hostile.name().toLowerCase(Locale.ROOT);
                HttpResponse<String> made = hostile(demo, kind, good);
                String token = Curl.found("token", made.body());
                HttpResponse<String> refused = get(demo, "api/profile", token);
                assertThat(refused.statusCode()).as(kind).isEqualTo(401);
                if (hostile == Hostile.ALTERED) { // what the page shows of it can still be read
                    assertThat(token.substring(0, token.lastIndexOf('.')))
                            .isEqualTo(good.substring(0, good.lastIndexOf('.')));
                }
                assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
                        .startsWith("Bearer realm=\"mapae-example\", error=\"invalid_token\"");
                assertThat(failure(inspection(demo, token))).as(kind).isEqualTo(reasons.get(kind));
            }
        }
    }

    @Test
    void aGoodTokenPassesEachCheck(@TempDir Path directory) throws Exception {
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            JsonObject inspection = inspection(demo, Curl.login(demo.base(), Account.ALICE));
            assertThat(inspection.getString("verdict")).isEqualTo("ACCEPTED");
            assertThat(results(inspection, "pass")).hasSize(Check.values().length);
            HttpResponse<String> korean =
                    run("curl " + demo.base() + "demo/inspect -H 'Accept-Language: ko' --data '{\"token\":\"a.b\"}'");
            assertThat(korean.body())
                    .contains("{\"check\":\"형식\",\"result\":\"fail\",\"detail\":\"NOT_COMPACT ≠ base64url 세 부분");
        }
    }

    /** What is wrong is all that is wrong with each of them, and they are signed by the real key. */
    @Test
    void theChecksFailOneByOne(@TempDir Path directory) throws Exception {
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            TestKey key = DemoKey.in(directory.resolve("key.p12"));
            String page = demo.base().toString().replaceAll("/$", "");
            TokenBuilder good =
                    TokenBuilder.signedBy(key).issuer(page + "/auth").audience(page);
            Map<String, TokenBuilder> bad = new LinkedHashMap<>();
            bad.put("NOT_JSON Header", good.rawHeader("{"));
            bad.put("UNSUPPORTED_HEADER Header", good.header("crit", List.of("x")));
            bad.put("ALGORITHM_NOT_ALLOWED Algorithm", good.header("alg", "none"));
            bad.put("TYPE_NOT_ALLOWED Type", good.type("logout+jwt"));
            bad.put("NO_MATCHING_KEY Key", good.header("kid", "other"));
            bad.put("BAD_SIGNATURE Signature", good.signature(new byte[256]));
            bad.put("CLAIM_MISSING Claims", good.without("sub"));
            bad.put("CLAIM_ILL_TYPED Claims", good.claim("exp", "soon"));
            bad.put("WRONG_ISSUER Issuer", good.issuer(page));
            bad.put("WRONG_AUDIENCE Audience", good.audience(page + "/"));
            bad.put("EXPIRED Expiry", good.issuedIn(-60).expiresIn(-1));
            bad.put("NOT_YET_VALID Not before", good.notBeforeIn(60));
            bad.put("ISSUED_IN_FUTURE Issued at", good.issuedIn(60));
            bad.put("NOT_AN_ACCESS_TOKEN Use", good.claim("events", Map.of()));
            bad.put("PROOF_REQUIRED Proof", good.claim("cnf", Map.of()));
            bad.put("BAD_NAME Name", good.subject(" "));
            for (Map.Entry<String, TokenBuilder> each : bad.entrySet()) {
                assertThat(failure(inspection(demo, each.getValue().text()))).isEqualTo(each.getKey());
            }
            assertThat(inspection(demo, good.text()).getString("verdict")).isEqualTo("ACCEPTED");
        }
    }

    @Test
    void aSessionThatEndedIsRevoked(@TempDir Path directory) throws Exception {
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            String alice = Curl.login(demo.base(), Account.ALICE);
            String logout = "curl " + demo.base() + "auth/logout -X POST -H 'Authorization: Bearer " + alice + "'";
            assertThat(run(logout).statusCode()).isEqualTo(204);
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (get(demo, "api/profile", alice).statusCode() == 200 && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            assertThat(failure(inspection(demo, alice))).isEqualTo("REVOKED Revocation");
        }
    }

    @Test
    void anythingCanBeInspected(@TempDir Path directory) throws Exception {
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            assertThat(failure(inspection(demo, ""))).isEqualTo("BAD_CREDENTIALS Text");
            assertThat(failure(inspection(demo, "two words"))).isEqualTo("BAD_CREDENTIALS Text");
            assertThat(failure(inspection(demo, "a.b"))).isEqualTo("NOT_COMPACT Text");
            assertThat(failure(inspection(demo, "a\\nb"))).isEqualTo("BAD_CREDENTIALS Text");
            assertThat(failure(inspection(demo, "x".repeat(9000)))).isIn("TOKEN_TOO_LONG Text", "HTTP 431 ");
            String tooLong = "{\"token\":\"" + "x".repeat(100_000) + "\"}";
            assertThat(post(demo, "demo/inspect", "", tooLong).statusCode()).isEqualTo(413);
            for (String malformed : List.of("", "[]", "{}", "{\"token\":1}", "{\"token\":\"a", "[".repeat(5000))) {
                assertThat(post(demo, "demo/inspect", "", malformed).statusCode())
                        .as(malformed)
                        .isEqualTo(400);
            }
        }
    }

    /** Else anybody could have the issuer's key sign what they like. */
    @Test
    void hostileTokensAreMadeOfGoodOnesOnly(@TempDir Path directory) throws Exception {
        try (Demo demo = Demo.start(WAR, directory, Options.defaults())) {
            String good = Curl.login(demo.base(), Account.ALICE);
            String altered = Curl.found("token", hostile(demo, "altered", good).body());
            assertThat(hostile(demo, "audience", "").statusCode()).isEqualTo(401);
            assertThat(hostile(demo, "audience", altered).statusCode()).isEqualTo(401);
            assertThat(hostile(demo, "other", good).statusCode()).isEqualTo(400);
            assertThat(hostile(demo, "altered", " " + good).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tokensMayComeFromElsewhere(@TempDir Path directory) throws Exception {
        TestKey key = TestKey.rsa();
        try (JwksServer issuer = JwksServer.start(key);
                Demo demo = Demo.start(WAR, directory, Options.defaults().issuer(issuer.issuer()))) {
            String token = TokenBuilder.signedBy(key)
                    .issuer(issuer.issuer())
                    .claim("scope", "board:read")
                    .text();
            assertThat(get(demo, "api/profile", token).body()).contains("\"name\":\"alice\"");
            assertThat(get(demo, "api/boards", token).statusCode()).isEqualTo(200);
            assertThat(run("curl " + demo.base() + "demo/config").body())
                    .startsWith("{\"external\":true,\"accounts\":[],");
            assertThat(demo.lines()).isEmpty();
            assertThat(hostile(demo, "altered", token).statusCode()).isEqualTo(200);
            assertThat(hostile(demo, "expired", token).statusCode()).isEqualTo(422);
            assertThat(inspection(demo, token).getString("verdict")).isEqualTo("ACCEPTED");
            assertThat(post(demo, "auth/login", token, "{}").statusCode()).isEqualTo(405); // nobody is there
        }
    }

    private static HttpResponse<String> get(Demo demo, String path, String token) throws Exception {
        return run("curl " + demo.base() + path + " -H 'Authorization: Bearer " + token + "'");
    }

    private static HttpResponse<String> post(Demo demo, String path, String token, String json) throws Exception {
        String bearer = token.isEmpty() ? "" : " -H 'Authorization: Bearer " + token + "'";
        return run("curl " + demo.base() + path + bearer + " --data '" + json + "'");
    }

    private static HttpResponse<String> hostile(Demo demo, String kind, String token) throws Exception {
        return post(demo, "demo/hostile", token, "{\"kind\":\"" + kind + "\"}");
    }

    private static JsonObject inspection(Demo demo, String token) throws Exception {
        String answer =
                post(demo, "demo/inspect", "", "{\"token\":\"" + token + "\"}").body();
        try (JsonReader json = Json.createReader(new StringReader(answer))) {
            return json.readObject();
        }
    }

    /** What was refused, and the one check that failed; those before it passed, and those after it were not made. */
    private static String failure(JsonObject inspection) {
        List<String> failed = results(inspection, "fail");
        List<String> all = Stream.of("pass", "fail", "not reached")
                .flatMap(result -> results(inspection, result).stream())
                .toList();
        assertThat(all)
                .isEqualTo(Arrays.stream(Check.values())
                        .map(check -> check.title(Locale.ENGLISH))
                        .toList());
        return inspection.getString("verdict") + " " + String.join(", ", failed);
    }

    private static List<String> results(JsonObject inspection, String result) {
        return inspection.getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(check -> check.getString("result").equals(result))
                .map(check -> check.getString("check"))
                .toList();
    }
}
