package io.mapae.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.http.LogLines;
import io.mapae.testkit.Hostile;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that is logged, by whomever at whatever level, holds a token, a part of one or a claim's value. */
@ParameterizedClass
@EnumSource
record LogLeakTest(Container container) {
    private static final TestKey KEY = TestKey.rsa();
    private static final String MARKER = "marker5317";
    private static final TokenBuilder MARKED = TokenBuilder.signedBy(KEY)
            .subject(MARKER + "-subject")
            .claim("groups", List.of(MARKER + "-role"))
            .claim("scope", MARKER + "-scope")
            .claim("jti", MARKER + "-id")
            .claim("x", Map.of("y", MARKER + "-nested"));

    /** A server logs its requests for whoever debugs it; that is its own affair below this level. */
    private static final Map<String, Level> SERVERS = Map.of(
            "org.apache.catalina", Level.INFO,
            "org.apache.coyote", Level.INFO,
            "org.apache.tomcat", Level.INFO,
            "org.eclipse.jetty", Level.INFO);

    private static Stream<TokenBuilder> judged() {
        return Stream.of(
                MARKED,
                MARKED.expiresIn(-3600),
                MARKED.issuer("https://" + MARKER + ".example"),
                MARKED.audience(MARKER + "-audience"),
                MARKED.claim("exp", MARKER + "-exp"),
                MARKED.claim("aud", 5317_5317_5317L),
                MARKED.subject(MARKER + "\n"),
                MARKED.claim("typ", "ID"),
                MARKED.type(MARKER + "-typ"),
                MARKED.header("alg", MARKER + "-alg"),
                MARKED.header("crit", List.of(MARKER + "-crit")),
                MARKED.header("kid", "another"),
                MARKED.rawPayload("{\"sub\":\"" + MARKER + "\",}"),
                MARKED.signedWith(TestKey.otherRsa(), "RS256"),
                MARKED.claim("cnf", Map.of("jkt", MARKER + "-jkt")));
    }

    @Test
    void nothingIsLoggedOfATokenOrAClaim() throws Exception {
        Map<String, String> settings = new HashMap<>(App.settings(KEY));
        settings.put("rules", "/public/** permit; /role role someone; /scope scope something");
        settings.put("explain", "true");
        App app = App.at("/app")
                .bearer(settings)
                .servlet("/*", Servlets.who("served"))
                .servlet("/public/claim", Servlets.claim())
                .servlet("/public/fail", Servlets.fail());
        Set<String> secrets = new LinkedHashSet<>(List.of(MARKER, "531753175317"));
        List<LogRecord> records;
        Map<Logger, Level> before = new HashMap<>();
        SERVERS.forEach((name, level) -> {
            Logger logger = Logger.getLogger(name);
            before.put(logger, logger.getLevel());
            logger.setLevel(level);
        });
        try (LogLines log = LogLines.of("");
                Container.Running server = container.start(app)) {
            Stream<String> tokens = Stream.concat(
                    judged().map(TokenBuilder::text),
                    Arrays.stream(Hostile.values())
                            .filter(Hostile::fitsHeader)
                            .map(hostile -> hostile.token(MARKED, KEY)));
            for (String token : tokens.toList()) {
                secrets.addAll(secretsOf(token));
                for (String target : List.of("/a", "/role", "/scope", "/public/claim", "/public/fail", "/public//")) {
                    server.ask("GET", "/app" + target, "Authorization: Bearer " + token);
                }
                server.ask("GET", "/app/a", "Authorization: Bearer " + token + ", Bearer " + token);
                server.ask("GET", "/app/a", "Authorization: Bearer \"" + token + "\"");
            }
            records = log.records();
        } finally {
            before.forEach(Logger::setLevel);
        }
        assertThat(records).extracting(LogRecord::getLoggerName).contains("io.mapae", "io.mapae.refusal");
        assertThat(records).extracting(LogRecord::getMessage).anyMatch(line -> line.contains("kid \"another\""));
        String everything =
                String.join("\n", records.stream().map(LogLeakTest::all).toList());
        assertThat(secrets.stream().filter(everything::contains)).isEmpty();
    }

    /** The text, and its payload and signature where they are more than a few letters. */
    private static List<String> secretsOf(String token) {
        String[] parts = token.split("\\.", -1);
        return Stream.of(token, parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "")
                .filter(secret -> secret.length() > 16)
                .toList();
    }

    private static String all(LogRecord record) {
        StringWriter text = new StringWriter();
        text.append(record.getMessage()).append('\n');
        Object[] parameters = Objects.requireNonNullElse(record.getParameters(), new Object[0]);
        Arrays.stream(parameters).forEach(parameter -> text.append(parameter + "\n"));
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            thrown.printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }
}
