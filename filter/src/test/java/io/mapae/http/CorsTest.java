package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.http.Answer.Admit;
import io.mapae.http.Answer.Field;
import io.mapae.http.Answer.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorsTest {
    private static final String APP = "https://app.example";
    private static final Field VARY = new Field("Vary", "Origin");
    private static final List<Field> ALLOWED = List.of(
            VARY,
            new Field("Access-Control-Allow-Origin", APP),
            new Field("Access-Control-Expose-Headers", "WWW-Authenticate, Retry-After"));

    private final Gates off = Gates.withRules("/public permit");
    private final Gates on = off.cors(APP, "http://localhost:5173");

    private static FakeRequest preflight(String origin) {
        return FakeRequest.of("OPTIONS", "/a")
                .with("Origin", origin)
                .with("Access-Control-Request-Method", "PUT")
                .with("Access-Control-Request-Headers", "authorization,content-type");
    }

    @Test
    void answersAPreflight() {
        assertThat(on.admit(preflight(APP)))
                .isEqualTo(new Reply(
                        204,
                        List.of(
                                new Field(
                                        "Vary",
                                        "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"),
                                new Field("Access-Control-Allow-Origin", APP),
                                new Field("Access-Control-Allow-Methods", "PUT"),
                                new Field("Access-Control-Allow-Headers", "authorization,content-type"),
                                new Field("Access-Control-Max-Age", "600")),
                        Optional.empty()));
    }

    @ParameterizedTest(name = "Origin {0} -> {1}")
    @CsvSource({
        "https://app.example, 204",
        "http://localhost:5173, 204",
        "http://app.example, 403",
        "https://app.example:443, 403",
        "https://app.example/, 403",
        "https://APP.example, 403",
        "https://app.example.evil, 403",
        "https://evilapp.example, 403",
        "https://evil.example, 403",
        "http://localhost, 403",
        "null, 403",
        "*, 403"
    })
    void knowsTheOrigins(String origin, String outcome) {
        assertThat(on.outcome(preflight(origin))).isEqualTo(outcome);
    }

    @Test
    void refusesAForeignPreflight() {
        Reply reply = on.reply(preflight("https://evil.example"));
        assertThat(reply.fields()).containsExactly(new Field("Cache-Control", "no-store"), VARY);
    }

    @Test
    void leavesPreflightsToTheApplication() {
        assertThat(off.admit(preflight(APP))).isEqualTo(new Admit(Optional.empty(), List.of()));
        assertThat(off.admit(preflight("https://evil.example"))).isEqualTo(new Admit(Optional.empty(), List.of()));
        assertThat(Gates.withRules("/** deny").outcome(preflight(APP))).isEqualTo("401");
    }

    @ParameterizedTest(name = "{0}, CORS off: {1}, on: {2}")
    @CsvSource({
        "true preflight,     nobody,            204",
        "POST,               401,               401",
        "options,            401,               401",
        "without Origin,     401,               401",
        "without method,     401,               401",
        "two Origins,        401,               401",
        "two methods,        401,               401",
        "good token,         alice,             alice",
        "bad token,          401 invalid_token, 401 invalid_token",
        "Basic,              401,               401"
    })
    void onlyATruePreflightIsOne(String form, String whenOff, String whenOn) {
        FakeRequest bare = FakeRequest.of("OPTIONS", "/a");
        FakeRequest request =
                switch (form) {
                    case "POST", "options" ->
                        FakeRequest.of(form, "/a").with("Origin", APP).with("Access-Control-Request-Method", "PUT");
                    case "without Origin" -> bare.with("Access-Control-Request-Method", "PUT");
                    case "without method" -> bare.with("Origin", APP);
                    case "two Origins" -> preflight(APP).with("Origin", APP);
                    case "two methods" -> preflight(APP).with("Access-Control-Request-Method", "GET");
                    case "good token" -> preflight(APP).bearing(Gates.VALID.text());
                    case "bad token" -> preflight(APP).bearing("a.b.c");
                    case "Basic" -> preflight(APP).with("Authorization", "Basic dTpw");
                    default -> preflight(APP);
                };
        assertThat(off.outcome(request)).isEqualTo(whenOff);
        assertThat(on.outcome(request)).isEqualTo(whenOn);
    }

    @ParameterizedTest(name = "asked {0} -> granted {1}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            PUT,                PUT
            `a, b,c`,           `a, b,c`
            x-!#$%&'*+.^_|~9,   x-!#$%&'*+.^_|~9
            ``,                 ``
            a:b,                ``
            a;b,                ``
            `a"b`,              ``
            <script>,           ``
            a<cr>b: c,          ``
            a<lf>b: c,          ``
            a<cr><lf>Set-Cookie: x=y, ``
            a<nul>,             ``
            a<tab>b,            ``
            ä,                  ``
            (a),                ``
            a/b,                ``
            """)
    void grantsWhatIsAskedForInWordsOnly(String asked, String granted) {
        String value = asked.replace("<cr>", "\r")
                .replace("<lf>", "\n")
                .replace("<nul>", "\0")
                .replace("<tab>", "\t");
        FakeRequest request = FakeRequest.of("OPTIONS", "/a")
                .with("Origin", APP)
                .with("Access-Control-Request-Method", "PUT")
                .with("Access-Control-Request-Headers", value);
        Reply reply = on.reply(request);
        assertThat(reply.status()).isEqualTo(204);
        assertThat(Gates.value(reply.fields(), "Access-Control-Allow-Methods")).isEqualTo("PUT");
        assertThat(Gates.value(reply.fields(), "Access-Control-Allow-Headers")).isEqualTo(granted);
    }

    @Test
    void joinsWhatIsAskedForInSeveralHeaders() {
        Reply reply = on.reply(preflight(APP).with("Access-Control-Request-Headers", "x-a"));
        assertThat(Gates.value(reply.fields(), "Access-Control-Allow-Headers"))
                .isEqualTo("authorization,content-type, x-a");
    }

    @Test
    void admitsAndRefusalsCarryTheFields() {
        FakeRequest request = FakeRequest.get("/a").with("Origin", APP);
        FakeRequest good = request.bearing(Gates.VALID.text());
        assertThat(((Admit) on.admit(good)).fields()).isEqualTo(ALLOWED);
        assertThat(on.reply(request).fields()).containsSubsequence(ALLOWED);
        assertThat(on.reply(request.bearing("a.b.c")).fields()).containsSubsequence(ALLOWED);
        assertThat(on.keys(Gates.OUT_OF_REACH).reply(good).fields()).containsSubsequence(ALLOWED);
        assertThat(on.reply(FakeRequest.get("/a//b").with("Origin", APP)).fields())
                .containsSubsequence(ALLOWED);
    }

    @ParameterizedTest
    @CsvSource({"https://evil.example", "null", "https://app.example/", "''"})
    void aForeignOriginSeesNothing(String origin) {
        FakeRequest request = FakeRequest.get("/a").with("Origin", origin);
        assertThat(((Admit) on.admit(request.bearing(Gates.VALID.text()))).fields())
                .containsExactly(VARY);
        assertThat(on.reply(request).fields())
                .containsExactly(new Field("Cache-Control", "no-store"), new Field("WWW-Authenticate", "Bearer"), VARY);
    }

    @Test
    void withoutOriginOnlyVary() {
        assertThat(((Admit) on.admit(FakeRequest.get("/public"))).fields()).containsExactly(VARY);
        FakeRequest two = FakeRequest.get("/public").with("Origin", APP).with("Origin", APP);
        assertThat(((Admit) on.admit(two)).fields()).containsExactly(VARY);
    }

    @Test
    void offThereAreNoFields() {
        FakeRequest request = FakeRequest.get("/a").with("Origin", APP);
        assertThat(((Admit) off.admit(request.bearing(Gates.VALID.text()))).fields())
                .isEmpty();
        assertThat(off.reply(request).fields())
                .containsExactly(new Field("Cache-Control", "no-store"), new Field("WWW-Authenticate", "Bearer"));
    }
}
