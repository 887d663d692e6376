package io.mapae.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.jws.Algorithm;
import io.mapae.testkit.TestKey;
import io.mapae.verify.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each setting takes and refuses. */
class SettingsTest {
    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            clock-skew          | PT0S
            clock-skew          | PT5M
            max-token-age       | PT1S
            max-token-age       | P1D
            max-token-age       | P3650D
            max-token-lifetime  | PT1S
            max-token-lifetime  | P3650D
            token-types         | at+jwt
            token-types         | none
            max-token-length    | 256
            max-token-length    | 1000000
            cache.enabled       | false
            cache.size          | 1
            cache.size          | 10000000
            algorithms          | RS256
            algorithms          | RS256, EdDSA,Ed25519
            role-mapping        | a=b
            role-mapping        | staff=user, board-admin=admin+user
            role-mapping        | https://x?a=b=user
            preset              | keycloak
            preset              | entra
            preset              | auth0
            preset              | okta
            preset              | cognito
            token-cookie        | __Host-token
            origins             | https://app.example
            origins             | http://localhost:5173, https://[::1]:8443
            origins             | https://app.example:80, http://app.example:443, https://[::443]
            cors.origins        | https://app.example
            rules               | /** authenticated
            rules               | GET,POST /a/* role a,b; /b/** permit
            realm               | My "realm"
            auto                | true
            error-body          | none
            explain             | true
            principal-claim     | preferred_username, sub
            roles-claims        | realm_access/roles, https://example.org/roles
            roles-claims        | resource_access/{audience}/roles, größe
            scope-claims        | a/*/b, *
            required-claims     | jti
            audience-claim      | client_id
            jwks.refresh-after  | PT1S
            jwks.refresh-after  | P1D
            jwks.max-stale      | PT1M
            jwks.max-stale      | P365D
            jwks.connect-timeout | PT0.05S
            jwks.connect-timeout | PT30S
            jwks.deadline       | PT0.05S
            jwks.deadline       | PT30S
            jwks.cooldown       | PT1S
            jwks.cooldown       | PT10M
            jwks.max-waiting    | 1
            jwks.max-waiting    | 10000
            jwks.max-size       | 1024
            jwks.max-size       | 100000000
            fail-fast           | true
            crypto-provider     | auto
            crypto-provider     | jdk
            crypto-provider     | SunRsaSign
            """)
    void takes(String name, String value) {
        assertThat(Place.with(name, value).problems()).isEmpty();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            clock-skew          | PT5M0.001S      | expected an ISO 8601 duration from PT0S to PT5M, such as PT30S
            clock-skew          | PT-1S           | expected an ISO 8601 duration from PT0S to PT5M, such as PT30S
            token-types         | JWT, logout+jwt | expected types of access tokens, never [logout+jwt, dpop+jwt, rt+jwt, refresh+jwt, secevent+jwt, id_token+jwt]
            clock-skew          | 30              | expected an ISO 8601 duration from PT0S to PT5M, such as PT30S
            max-token-age       | PT0S            | expected an ISO 8601 duration from PT1S to PT87600H, such as PT30S
            max-token-age       | PT0.999S        | expected an ISO 8601 duration from PT1S to PT87600H, such as PT30S
            max-token-age       | P3650DT0.001S   | expected an ISO 8601 duration from PT1S to PT87600H, such as PT30S
            max-token-lifetime  | PT0S            | expected an ISO 8601 duration from PT1S to PT87600H, such as PT30S
            max-token-lifetime  | PT0.999S        | expected an ISO 8601 duration from PT1S to PT87600H, such as PT30S
            max-token-lifetime  | P3650DT0.001S   | expected an ISO 8601 duration from PT1S to PT87600H, such as PT30S
            cache.enabled       | off             | expected true or false
            cache.size          | 0               | expected a whole number from 1 to 10000000
            cache.size          | 10000001        | expected a whole number from 1 to 10000000
            max-token-length    | 255             | expected a whole number from 256 to 1000000
            max-token-length    | 1000001         | expected a whole number from 256 to 1000000
            max-token-length    | 8k              | expected a whole number from 256 to 1000000
            max-token-length    | 99999999999     | expected a whole number from 256 to 1000000
            algorithms          | none            | expected some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, Ed25519, HS256, HS384, HS512
            algorithms          | rs256           | expected some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA, Ed25519, HS256, HS384, HS512
            algorithms          | HS256           | expected some of [RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA]
            audience            | a,,b            | expected a list with something between its commas
            required-claims     | jti,            | expected a list with something between its commas
            scope-claims        | ,scp            | expected a list with something between its commas
            principal-claim     | a, ,b           | expected a list with something between its commas
            roles-claims        | my-{audience}   | expected {audience} and * as whole segments
            roles-claims        | a/{audience}x/b | expected {audience} and * as whole segments
            roles-claims        | a, b/c*         | expected {audience} and * as whole segments
            scope-claims        | **/scope        | expected {audience} and * as whole segments
            scope-claims        | *{audience}     | expected {audience} and * as whole segments
            role-mapping        | staff           | expected pairs such as staff=user, board-admin=admin+user, each role on the left once
            role-mapping        | staff=          | expected pairs such as staff=user, board-admin=admin+user, each role on the left once
            role-mapping        | =user           | expected pairs such as staff=user, board-admin=admin+user, each role on the left once
            role-mapping        | a=b+            | expected pairs such as staff=user, board-admin=admin+user, each role on the left once
            role-mapping        | a=b, a=c        | expected pairs such as staff=user, board-admin=admin+user, each role on the left once
            preset              | Keycloak        | expected one of keycloak, entra, auth0, okta, cognito
            token-cookie        | a b             | expected a cookie's name
            origins             | https://a.example/ | expected origins as browsers write them, such as https://app.example or http://localhost:5173
            origins             | *               | expected origins as browsers write them, such as https://app.example or http://localhost:5173
            origins             | https://a:443   | expected origins as browsers write them, such as https://app.example or http://localhost:5173
            origins             | http://[::1]:80 | expected origins as browsers write them, such as https://app.example or http://localhost:5173
            cors.origins        | http://a:80     | expected origins as browsers write them, such as https://app.example or http://localhost:5173
            cors.origins        | http://a:08080  | expected origins as browsers write them, such as https://app.example or http://localhost:5173
            cors.origins        | null            | expected origins as browsers write them, such as https://app.example or http://localhost:5173
            cors.origins        | HTTPS://A.example | expected origins as browsers write them, such as https://app.example or http://localhost:5173
            rules               | /a              | 'expected in "/a": [METHODS] PATTERN permit | deny | authenticated | role a,b | scope x,y [once] [ticket], such as GET,POST /api/** role user'
            rules               | a permit        | 'expected in "a permit": a path pattern such as /api/** or /files/*.pdf, not a'
            error-body          | html            | expected one of problem, none
            auto                | yes             | expected true or false
            explain             | TRUE            | expected true or false
            realm               | Köln            | expected printable ASCII
            jwks.refresh-after  | PT0.999999999S  | expected an ISO 8601 duration from PT1S to PT24H, such as PT30S
            jwks.refresh-after  | P1DT0.000000001S | expected an ISO 8601 duration from PT1S to PT24H, such as PT30S
            jwks.max-stale      | PT59.999999999S | expected an ISO 8601 duration from PT1M to PT8760H, such as PT30S
            jwks.max-stale      | P365DT0.000000001S | expected an ISO 8601 duration from PT1M to PT8760H, such as PT30S
            jwks.connect-timeout | PT0.049999999S  | expected an ISO 8601 duration from PT0.05S to PT30S, such as PT30S
            jwks.connect-timeout | PT30.000000001S | expected an ISO 8601 duration from PT0.05S to PT30S, such as PT30S
            jwks.deadline       | PT0.049999999S  | expected an ISO 8601 duration from PT0.05S to PT30S, such as PT30S
            jwks.deadline       | PT30.000000001S | expected an ISO 8601 duration from PT0.05S to PT30S, such as PT30S
            jwks.cooldown       | PT0.999999999S  | expected an ISO 8601 duration from PT1S to PT10M, such as PT30S
            jwks.cooldown       | PT10M0.000000001S | expected an ISO 8601 duration from PT1S to PT10M, such as PT30S
            jwks.max-waiting    | 0               | expected a whole number from 1 to 10000
            jwks.max-waiting    | 10001           | expected a whole number from 1 to 10000
            jwks.max-size       | 1023            | expected a whole number from 1024 to 100000000
            jwks.max-size       | 100000001       | expected a whole number from 1024 to 100000000
            jwks.max-size       | 1M              | expected a whole number from 1024 to 100000000
            insecure-http       | yes             | expected true or false
            fail-fast           | 1               | expected true or false
            """)
    void refuses(String name, String value, String expected) {
        assertThat(Place.with(name, value).problems())
                .isEqualTo(name + " (filter init-param " + name + " = " + value + "): " + expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"audience", "required-claims", "principal-claim", "roles-claims", "role-mapping", "scope-claims"
            })
    void refusesWhatWouldBreakALineOfALog(String name) {
        for (String invisible : List.of("\n", "\r", "\t", "\u0000", "\u0085", "\u2028", "\u202e")) {
            assertThat(Place.with(name, "a=b" + invisible + "c").problems())
                    .startsWith(name + " (filter init-param " + name + " = a=b")
                    .endsWith("c): expected a list of printable texts")
                    .hasLineCount(1);
        }
    }

    @Test
    void takesAListOfSeveralLines() {
        assertThat(Place.with("audience", "a,\n  b").policy().audience().accepted())
                .containsExactlyInAnyOrder("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer", "audience"})
    void demands(String name) {
        assertThat(Place.with(name, "").problems()).isEqualTo(name + ": required");
    }

    @Test
    void takesKeysFromOnePlaceOnly() {
        assertThat(Place.with("secret", TestKey.hmac(32).secretText()).problems())
                .isEqualTo("secret (filter init-param secret): never beside public-key: keys come from one place");
        assertThat(Place.with("jwks-uri", "classpath:a.json").problems())
                .isEqualTo("jwks-uri (filter init-param jwks-uri): never beside public-key: keys come from one place");
    }

    @ParameterizedTest(name = "a secret of {0} bytes, algorithms {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            32 |              | [HS256]
            47 |              | [HS256]
            48 |              | [HS256, HS384]
            63 |              | [HS256, HS384]
            64 |              | [HS256, HS384, HS512]
            64 | HS512        | [HS512]
            31 |              | secret (filter init-param secret): an HMAC secret of 31 bytes, 32 at least
            63 | HS512        | algorithms (filter init-param algorithms = HS512): expected some of [HS256, HS384], for which the secret is long enough
            64 | HS256, RS256 | algorithms (filter init-param algorithms = HS256, RS256): expected some of [HS256, HS384, HS512], for which the secret is long enough
            """)
    void letsTheSecretsLengthDecide(int bytes, String algorithms, String outcome) {
        Place place =
                Place.with("public-key", "").and("secret", TestKey.hmac(bytes).secretText());
        if (algorithms != null) {
            place.and("algorithms", algorithms);
        }
        String problems = place.problems();
        assertThat(problems.isEmpty() ? sorted(place.policy()) : problems).isEqualTo(outcome);
    }

    private static String sorted(Policy policy) {
        return policy.algorithms().stream().sorted().toList().toString();
    }

    @Test
    void takesEveryAsymmetricAlgorithmUnlessTold() {
        assertThat(Place.with("realm", "r").policy().algorithms())
                .containsExactlyInAnyOrder(
                        Algorithm.RS256,
                        Algorithm.RS384,
                        Algorithm.RS512,
                        Algorithm.PS256,
                        Algorithm.PS384,
                        Algorithm.PS512,
                        Algorithm.ES256,
                        Algorithm.ES384,
                        Algorithm.ES512,
                        Algorithm.ED25519);
    }

    @Test
    void showsNoSecretInAProblem() {
        String secret = TestKey.hmac(31).secretText();
        String key = TestKey.rsa().privatePem();
        assertThat(Place.with("public-key", "").and("secret", secret).problems())
                .doesNotContain(secret);
        assertThat(Place.with("public-key", key).problems())
                .isEqualTo("public-key (filter init-param public-key): a private key where a public one belongs")
                .doesNotContain(key.lines().toList().get(1));
        String jwk = TestKey.rsa().privateJwk();
        assertThat(Place.with("public-key", "").and("jwks-uri", jwk).problems())
                .isEqualTo(
                        "jwks-uri (filter init-param jwks-uri): expected an address of https:, http:, file: or classpath:, or service:");
        assertThat(Place.with("public-key", "").and("secret", "not base64url!").problems())
                .isEqualTo("secret (filter init-param secret): not base64url without padding");
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', textBlock = """
            public-key | file:/nowhere/key.pem  | public-key (filter init-param public-key): file:/nowhere/key.pem: no such file
            public-key | classpath:nowhere.pem  | public-key (filter init-param public-key): classpath:nowhere.pem: no such resource on the class path
            jwks-uri   | file:/nowhere/k.json   | jwks-uri (filter init-param jwks-uri): file:/nowhere/k.json: no such file
            secret     | file:/nowhere/secret   | secret (filter init-param secret): file:/nowhere/secret: no such file
            jwks-uri   | http://a.example/k     | jwks-uri (filter init-param jwks-uri): expected an address of https, or of http to this machine (insecure-http=true allows http to others)
            jwks-uri   | ftp://a.example/k      | jwks-uri (filter init-param jwks-uri): expected an address of https:, http:, file: or classpath:, or service:
            public-key | nonsense               | public-key (filter init-param public-key): neither PEM nor a JSON object
            """)
    void saysWhereItLookedForKeys(String name, String value, String problem) {
        assertThat(Place.with("public-key", "").and(name, value).problems()).isEqualTo(problem);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            audience=*                                    | audience = *: tokens that were issued for other services are accepted here
            explain=true                                  | explain = true: refusals tell the client which check failed; for development only
            roles-claims=resource_access/*/roles          | roles-claims resource_access/*/roles: roles that were granted for other applications count here
            scope-claims=scope, a/*                       | scope-claims a/*: scopes that were granted for other applications count here
            """)
    void warnsOfWhatIsWide(String setting, String warning) {
        List<String> pair = List.of(setting.split("=", 2));
        assertThat(Place.with(pair.get(0), pair.get(1)).read().warnings()).containsExactly(warning);
    }

    @Test
    void warnsOfRolesThatNoAudienceCanHave() {
        assertThat(Place.with("audience", "*")
                        .and("preset", "keycloak")
                        .and("scope-claims", "{audience}")
                        .read()
                        .warnings())
                .containsExactly(
                        "audience = *: tokens that were issued for other services are accepted here",
                        "roles-claims resource_access/{audience}/roles: gives no roles, as audience is *",
                        "scope-claims {audience}: gives no scopes, as audience is *");
    }

    @Test
    void warnsOfNothingByDefault() {
        assertThat(Place.with("realm", "r").read().warnings()).isEmpty();
    }

    @Test
    void refusesAProviderThatNobodyHas() {
        assertThat(Place.with("crypto-provider", "Nobody").problems())
                .contains("crypto-provider (filter init-param crypto-provider = Nobody): expected auto, jdk or one of ")
                .contains("SunRsaSign");
    }
}
