package io.mapae.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.example.Servers.Make;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A provider that we did not write: its address is all that the application is told of it. */
class MockProviderIT {
    private static final String AUDIENCE = "https://api.example";
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final MockOAuth2Server PROVIDER = new MockOAuth2Server();
    private static final Servers SERVERS = Servers.start();

    /** What the provider signs; its keys are one for each of its issuers, and have the issuer's name as key id. */
    enum Issued {
        GOOD("ours", "ours", AUDIENCE, 300),
        OF_ANOTHER_ISSUER("other", "other", AUDIENCE, 300),
        OF_ANOTHER_ISSUER_WITH_OUR_KEY("other", "ours", AUDIENCE, 300),
        WITH_ANOTHER_ISSUERS_KEY("ours", "other", AUDIENCE, 300),
        FOR_ANOTHER_AUDIENCE("ours", "ours", "https://other.example", 300),
        EXPIRED("ours", "ours", AUDIENCE, -60);

        private final String issuer;
        private final String key;
        private final String audience;
        private final long expiresIn;

        Issued(String issuer, String key, String audience, long expiresIn) {
            this.issuer = issuer;
            this.key = key;
            this.audience = audience;
            this.expiresIn = expiresIn;
        }

        String token() {
            Map<String, Object> claims = Map.of("iss", issuer(issuer), "aud", audience, "sub", "alice");
            return PROVIDER.getConfig()
                    .getTokenProvider()
                    .jwt(claims, Duration.ofSeconds(expiresIn), key)
                    .serialize();
        }
    }

    @BeforeAll
    static void deploy() throws Exception {
        PROVIDER.start(InetAddress.getLoopbackAddress(), 0);
        // its first answers may take longer than a request waits for keys
        Http.get(PROVIDER.wellKnownUrl("ours").uri(), "");
        Http.get(PROVIDER.jwksUrl("ours").uri(), "");
        SERVERS.withSystemProperties("", Map.of("mapae.issuer", issuer("ours"), "mapae.audience", AUDIENCE));
    }

    @AfterAll
    static void stop() throws Exception {
        SERVERS.stop();
        PROVIDER.shutdown();
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource({
        "TOMCAT, GOOD, 200", "JETTY, GOOD, 200",
        "TOMCAT, OF_ANOTHER_ISSUER, 401", "JETTY, OF_ANOTHER_ISSUER, 401",
        "TOMCAT, OF_ANOTHER_ISSUER_WITH_OUR_KEY, 401", "JETTY, OF_ANOTHER_ISSUER_WITH_OUR_KEY, 401",
        "TOMCAT, WITH_ANOTHER_ISSUERS_KEY, 401", "JETTY, WITH_ANOTHER_ISSUERS_KEY, 401",
        "TOMCAT, FOR_ANOTHER_AUDIENCE, 401", "JETTY, FOR_ANOTHER_AUDIENCE, 401",
        "TOMCAT, EXPIRED, 401", "JETTY, EXPIRED, 401"
    })
    void whatItSigned(Make make, Issued issued, int status) {
        assertThat(profile(make, issued.token()).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatItIssuesByItself(Make make) {
        HttpResponse<String> response =
                profile(make, PROVIDER.issueToken("ours", "alice", AUDIENCE).serialize());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"name\":\"alice\"", "\"issuer\":\"" + issuer("ours") + "\"");
    }

    /** It makes the scope asked for the audience. */
    @ParameterizedTest
    @EnumSource
    void aClientsOwnToken(Make make) {
        String grant = "grant_type=client_credentials&client_id=robot&client_secret=secret&scope=" + AUDIENCE;
        HttpResponse<String> issued = Http.post(
                PROVIDER.tokenEndpointUrl("ours").uri(),
                "",
                "application/x-www-form-urlencoded",
                BodyPublishers.ofString(grant));
        Matcher token = ACCESS_TOKEN.matcher(issued.body());
        assertThat(token.find()).as(issued.body()).isTrue();
        HttpResponse<String> response = profile(make, token.group(1));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"name\":\"robot\"");
    }

    /** The provider never had this key, whatever the key id says. */
    @ParameterizedTest
    @EnumSource
    void aForgery(Make make) {
        TokenBuilder forged = TokenBuilder.signedBy(TestKey.rsa().withKeyId("ours"))
                .issuer(issuer("ours"))
                .audience(AUDIENCE);
        assertThat(profile(make, forged.text()).statusCode()).isEqualTo(401);
    }

    private static HttpResponse<String> profile(Make make, String token) {
        return Http.get(URI.create(SERVERS.get(make).base() + "/api/profile"), token);
    }

    private static String issuer(String name) {
        return PROVIDER.issuerUrl(name).toString();
    }
}
