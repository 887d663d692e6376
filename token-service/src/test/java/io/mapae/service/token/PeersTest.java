package io.mapae.service.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.mapae.Mapae;
import io.mapae.config.Surroundings;
import io.mapae.http.Answer;
import io.mapae.http.Request;
import io.mapae.http.Usage;
import io.mapae.identity.Caller;
import io.mapae.jws.Engines;
import io.mapae.service.account.Account;
import io.mapae.service.jdbc.H2;
import io.mapae.service.jdbc.JdbcKeys;
import io.mapae.service.key.Rollover;
import io.mapae.service.key.SigningAlgorithm;
import io.mapae.service.key.SigningKeys;
import io.smallrye.jwt.auth.principal.DefaultJWTParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Real verifiers take our tokens, with nothing but what is published, over HTTP. */
class PeersTest {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Account ALICE =
            new Account("alice", Set.of("user", "admin"), Set.of("read", "write"), false, false);

    private final HttpServer server;
    private final String issuer;

    PeersTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + server.getAddress().getPort() + "/auth";
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Spring Security knows no EdDSA. */
    @ParameterizedTest
    @EnumSource(names = {"RS256", "ES256"})
    void springSecurity(SigningAlgorithm algorithm) throws Exception {
        AccessTokens tokens = serve(algorithm);
        NimbusJwtDecoder decoder =
                NimbusJwtDecoder.withIssuerLocation(issuer).validateType(false).build();
        decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                .issuer(issuer)
                .audience("api")
                .clientId("mapae")
                .build());
        Jwt jwt = decoder.decode(token(tokens, "api"));
        assertThat(jwt.getSubject()).isEqualTo("alice");
        assertThat(jwt.getClaimAsStringList("groups")).containsExactly("admin", "user");
        assertThat(jwt.getClaimAsString("scope")).isEqualTo("read write");
        String forged = forged(token(tokens, "api"));
        assertThatThrownBy(() -> decoder.decode(forged)).isInstanceOf(BadJwtException.class);
        String other = token(tokens, "other");
        assertThatThrownBy(() -> decoder.decode(other)).isInstanceOf(BadJwtException.class);
    }

    @ParameterizedTest
    @EnumSource(names = "HS256", mode = Mode.EXCLUDE)
    void smallRye(SigningAlgorithm algorithm) throws Exception {
        AccessTokens tokens = serve(algorithm);
        JWTAuthContextInfo info = new JWTAuthContextInfo(issuer + "/jwks.json", issuer);
        info.setExpectedAudience(Set.of("api"));
        info.setSignatureAlgorithm(Set.of(smallRyeName(algorithm)));
        DefaultJWTParser parser = new DefaultJWTParser(info);
        JsonWebToken jwt = parser.parse(token(tokens, "api"));
        assertThat(jwt.getName()).isEqualTo("alice");
        assertThat(jwt.getGroups()).containsExactlyInAnyOrder("user", "admin");
        String forged = forged(token(tokens, "api"));
        assertThatThrownBy(() -> parser.parse(forged)).isInstanceOf(ParseException.class);
        String other = token(tokens, "other");
        assertThatThrownBy(() -> parser.parse(other)).isInstanceOf(ParseException.class);
    }

    @ParameterizedTest
    @EnumSource(names = "HS256", mode = Mode.EXCLUDE)
    void ourFilter(SigningAlgorithm algorithm) throws Exception {
        AccessTokens tokens = serve(algorithm);
        try (Mapae mapae = mapae(Map.of("jwks-uri", issuer + "/jwks.json"))) {
            Answer.Admit admit = (Answer.Admit) mapae.gate().admit(new Bearing(token(tokens, "api")));
            Caller caller = admit.caller().orElseThrow();
            assertThat(caller.getName()).isEqualTo("alice");
            assertThat(caller.roles()).containsExactlyInAnyOrder("user", "admin");
            assertThat(caller.scopes()).containsExactlyInAnyOrder("read", "write");
            assertThat(mapae.gate().admit(new Bearing(forged(token(tokens, "api")))))
                    .isInstanceOf(Answer.Reply.class);
            assertThat(mapae.gate().admit(new Bearing(token(tokens, "other")))).isInstanceOf(Answer.Reply.class);
        }
    }

    @Test
    void ourFilterByDiscovery() throws Exception {
        AccessTokens tokens = serve(SigningAlgorithm.RS256);
        try (Mapae mapae = mapae(Map.of())) {
            assertThat(mapae.gate().admit(new Bearing(token(tokens, "api")))).isInstanceOf(Answer.Admit.class);
        }
    }

    private Mapae mapae(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("issuer", issuer);
        settings.put("audience", "api");
        return Mapae.start(
                "", Surroundings.of(settings, Map.of(), Map.of(), getClass().getClassLoader()));
    }

    private static io.smallrye.jwt.algorithm.SignatureAlgorithm smallRyeName(SigningAlgorithm algorithm) {
        return io.smallrye.jwt.algorithm.SignatureAlgorithm.valueOf(algorithm.name());
    }

    private static String token(AccessTokens tokens, String audience) throws IOException {
        return tokens.issue(ALICE, Set.of("read", "write"), List.of(audience), "session", now())
                .text();
    }

    /** With a claim that nobody signed. */
    private static String forged(String token) {
        String[] parts = token.split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("alice", "mallory");
        return parts[0]
                + '.'
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
                + '.'
                + parts[2];
    }

    private static Instant now() {
        return InstantSource.system().instant();
    }

    private AccessTokens serve(SigningAlgorithm algorithm) throws Exception {
        SigningKeys keys;
        try (H2 h2 = new H2()) {
            keys = SigningKeys.open(
                    new JdbcKeys(h2.database()),
                    new byte[32],
                    algorithm,
                    Rollover.every(Duration.ofDays(30), AccessTokens.longest(LIFETIME)),
                    Engines.jdk(),
                    InstantSource.system());
            keys.rotate(); // several keys are published
        }
        SigningKeys.Published published = keys.published();
        serve("/auth/jwks.json", published.jwkSet(), published.cacheControl());
        String metadata = "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer
                + "/jwks.json\",\"response_types_supported\":[],\"subject_types_supported\":[\"public\"]}";
        serve("/auth/.well-known/openid-configuration", metadata, published.cacheControl());
        return new AccessTokens(new AccessTokens.Options(issuer, "mapae", LIFETIME), keys, List.of());
    }

    private void serve(String path, String json, String cacheControl) {
        server.createContext(path, (HttpExchange exchange) -> {
            byte[] body = json.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Cache-Control", cacheControl);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private record Bearing(String token, Usage used) implements Request {
        Bearing(String token) {
            this(token, new Usage());
        }

        @Override
        public String rawQuery() {
            return "";
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String path() {
            return "/";
        }

        @Override
        public String rawTarget() {
            return "/";
        }

        @Override
        public List<String> headers(String name) {
            return name.equalsIgnoreCase("Authorization") ? List.of("Bearer " + token) : List.of();
        }

        @Override
        public List<String> cookies(String name) {
            return List.of();
        }

        @Override
        public boolean secure() {
            return true;
        }
    }
}
