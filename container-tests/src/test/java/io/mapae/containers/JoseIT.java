package io.mapae.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** npm's jose takes our access tokens, with nothing but what our token service publishes. */
@Timeout(120)
class JoseIT {
    private static final Path HOME = Path.of(System.getProperty("oidc-provider.home"));
    private static final String AUDIENCE = "https://api.example";

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void takesOurAccessTokens(String algorithm) throws Exception {
        try (TokenService service = new TokenService(algorithm)) {
            Token token = service.login(AUDIENCE);
            JsonNode claims = verified(service, token.text());
            assertThat(claims.path("alg").asString()).isEqualTo(algorithm);
            assertThat(claims.path("sub").asString()).isEqualTo("alice");
            assertThat(claims.path("groups")).extracting(JsonNode::asString).containsExactly("user");
            assertThat(claims.path("scope").asString()).isEqualTo("read");
            assertThat(verified(service, service.login("https://other.example").text()))
                    .isEqualTo(Http.parse("{\"code\":\"ERR_JWT_CLAIM_VALIDATION_FAILED\",\"claim\":\"aud\"}"));
            assertThat(verified(service, altered(token)))
                    .isEqualTo(Http.parse("{\"code\":\"ERR_JWS_SIGNATURE_VERIFICATION_FAILED\",\"claim\":\"\"}"));
        }
    }

    /** With a claim that nobody signed. */
    private static String altered(Token token) {
        String[] parts = token.text().split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("alice", "mallory");
        parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8));
        return String.join(".", parts);
    }

    /** What jose says. */
    private static JsonNode verified(TokenService service, String token) {
        ServerProcess node = ServerProcess.start(
                "jose", HOME, Map.of(), List.of("node", "verify.mjs", service.issuer(), AUDIENCE, token));
        int status = node.process().onExit().join().exitValue();
        assertThat(status).as("%s", node.said()).isZero();
        return Http.parse(node.said());
    }
}
