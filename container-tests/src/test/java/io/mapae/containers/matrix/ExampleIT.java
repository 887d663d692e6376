package io.mapae.containers.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mapae.containers.ServerProcess;
import io.mapae.containers.matrix.Example.Session;
import io.mapae.containers.matrix.Product.Trait;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The example, as the build has packed it, on one server after the other, with accounts of its own. */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("chosen")
@Timeout(300)
class ExampleIT {
    private static final int LOOKS = 30; // of 100 ms: what was revoked is over within 3 s

    private static Optional<Example> running = Optional.empty();

    @Parameter
    Product product;

    /** Not Jetty: it opens WebSockets before any filter, unless a {@code web.xml} for this very release puts that in its place. */
    static List<Product> chosen() {
        return Product.chosen(Trait.EXAMPLE).stream()
                .filter(product -> !product.has(Trait.JAVAX) && !(product.launcher() instanceof Jetty))
                .toList();
    }

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        Optional<Path> java = JavaHomes.of(product.release());
        assumeTrue(java.isPresent(), () -> "no JDK " + product.release());
        running = Optional.of(Example.start(product, java.get()));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        running.ifPresent(Example::close);
        running = Optional.empty();
    }

    private static Example example() {
        return running.orElseThrow();
    }

    @Test
    void pageRunsItsOwnFilesOnly() {
        Reply page = example().get("/", "");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("src=\"assets/app.js\"");
        assertThat(page.header("content-security-policy")).startsWith("default-src 'none'; script-src 'self'; ");
    }

    /** Browsers run no module of another type. */
    @ParameterizedTest
    @CsvSource({
        "app.js, (text|application)/(x-)?javascript",
        "mapae-client.js, (text|application)/(x-)?javascript",
        "style.css, text/css",
        "icon.svg, image/svg\\+xml"
    })
    void assetsAreOfTheirType(String name, String type) {
        Reply asset = example().get("/assets/" + name, "");
        assertThat(asset.status()).isEqualTo(200);
        assertThat(asset.header("content-type")).matches(type + "(;.*)?");
    }

    @Test
    void loginGivesATokenAndACookieForTheServiceAlone() {
        Reply login = example().login("bob");
        assertThat(login.status()).isEqualTo(200);
        assertThat(login.header("set-cookie")).contains("Path=/example/auth;", "HttpOnly");
    }

    @Test
    void tokenSaysWhoTheCallerIs() {
        Reply profile = example().get("/api/profile", bob().token());
        assertThat(profile.status()).isEqualTo(200);
        JsonNode caller = Example.json(profile);
        assertThat(caller.path("name").asString()).isEqualTo("bob");
        assertThat(caller.path("roles")).extracting(JsonNode::asString).containsExactly("admin", "user");
        assertThat(caller.path("scopes")).extracting(JsonNode::asString).containsExactly("board:read", "board:write");
    }

    @Test
    void nobodyAndAlteredTokensAreRefused() {
        Reply nobody = example().get("/api/profile", "");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.header("www-authenticate")).isEqualTo("Bearer realm=\"mapae-example\"");
        Reply altered = example().get("/api/profile", Example.altered(bob().token()));
        assertThat(altered.status()).isEqualTo(401);
        assertThat(altered.header("www-authenticate")).contains("error=\"invalid_token\"");
    }

    @Test
    void rulesKnowRoles() {
        assertThat(example().get("/api/admin", "").status()).isEqualTo(401);
        assertThat(example().get("/api/admin", alice().token()).status()).isEqualTo(403);
        Reply admin = example().get("/api/admin", bob().token());
        assertThat(admin.status()).isEqualTo(200);
        assertThat(Example.json(admin).path("isAdmin").asBoolean()).isTrue();
    }

    @Test
    void resourcesKnowRolesAndScopes() {
        Session alice = alice();
        Reply posted = example().post("/api/boards", alice.token(), "a \"post\"");
        assertThat(posted.status()).isEqualTo(201);
        String post = "/api/boards/" + Example.json(posted).path("id").asLong();
        assertThat(posted.header("location")).endsWith("/example" + post);
        assertThat(Example.json(posted).path("author").asString()).isEqualTo("alice");

        Reply list = example().get("/api/boards", alice.token());
        assertThat(list.status()).isEqualTo(200);
        assertThat(Example.json(list).path("posts")).contains(Example.json(posted));
        assertThat(list.header("cache-control")).isEqualTo("no-store");
        assertThat(example().get(post, alice.token()).body()).isEqualTo(posted.body());

        Reply reading = example().login("bob", "&scope=board:read");
        assertThat(example()
                        .post("/api/boards", Session.of(reading).token(), "no")
                        .status())
                .isEqualTo(403);
        assertThat(example().get("/api/boards", "").status()).isEqualTo(401);
        assertThat(example().send("DELETE", post, alice.token()).status()).isEqualTo(403);
        assertThat(example().send("DELETE", post, bob().token()).status()).isEqualTo(204);
        assertThat(example().get(post, alice.token()).status()).isEqualTo(404);
    }

    /** What a resource refuses it says in JSON, whichever JSON Binding it is written by. */
    @Test
    void resourcesTellWhatIsWrong() {
        Reply blank = example().post("/api/boards", bob().token(), " ");
        assertThat(blank.status()).isEqualTo(400);
        assertThat(blank.body()).isEqualTo("{\"problem\":\"a post is not blank, and in UTF-8\"}");
    }

    @Test
    void cookieRefreshesUntilLogout() {
        Session first = bob();
        Reply refreshed = example().endpoint("refresh", "", first.cookie());
        assertThat(refreshed.status()).isEqualTo(200);
        Session next = Session.of(refreshed);
        assertThat(next.token()).isNotEqualTo(first.token());
        assertThat(example().get("/api/profile", next.token()).status()).isEqualTo(200);
        assertThat(example().endpoint("logout", "", next.cookie()).status()).isEqualTo(204);
        assertThat(example().endpoint("refresh", "", next.cookie()).status()).isEqualTo(400);
    }

    @Test
    void logoutEverywhereEndsAccessTokens() {
        Session session = alice();
        assertThat(example().get("/api/profile", session.token()).status()).isEqualTo(200);
        assertThat(example()
                        .endpoint("logout?everywhere=true", "", session.cookie())
                        .status())
                .isEqualTo(204);
        int status = 200;
        for (int look = 0; look < LOOKS && status == 200; look++) {
            ServerProcess.pause();
            status = example().get("/api/profile", session.token()).status();
        }
        assertThat(status).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource
    void ticketOpensAConnectionOnce(Live.Kind kind) throws Exception {
        String bob = bob().token();
        try (Live none = example().open(kind, "")) {
            assertThat(none.status()).isEqualTo(401);
        }
        String ticket = example().ticket(kind, bob);
        try (Live live = example().open(kind, ticket)) {
            assertThat(live.isOpen()).isTrue();
            Reply posted = example().post("/api/boards", bob, "to " + kind);
            assertThat(posted.status()).isEqualTo(201);
            assertThat(live.first().get(20, TimeUnit.SECONDS)).contains(posted.body());
            try (Live again = example().open(kind, ticket)) {
                assertThat(again.status()).isEqualTo(401);
            }
        }
    }

    /** The demonstration's own endpoints are its launcher's. */
    @ParameterizedTest
    @ValueSource(strings = {"/demo/config", "/demo/inspect", "/demo/hostile"})
    void hasNothingOfTheDemonstration(String path) {
        for (String token : List.of("", bob().token())) {
            assertThat(example().get(path, token).status()).isEqualTo(404);
            assertThat(example().post(path, token, "{}").status()).isIn(404, 405); // for a path that nobody has
        }
    }

    private static Session alice() {
        return Session.of(example().login("alice"));
    }

    private static Session bob() {
        return Session.of(example().login("bob"));
    }
}
