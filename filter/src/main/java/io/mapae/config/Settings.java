package io.mapae.config;

import io.mapae.config.Setting.Scope;
import io.mapae.config.Setting.Syntax;
import io.mapae.http.Demand;
import io.mapae.http.RefusalBody;
import io.mapae.http.Rules;
import io.mapae.identity.ClaimPath;
import io.mapae.jws.Algorithm;
import io.mapae.verify.Policy;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every setting there is, one a constant. The table in README.md is made from here. */
final class Settings {
    enum ErrorBody {
        PROBLEM(RefusalBody.PROBLEM),
        NONE(RefusalBody.NONE);

        private final RefusalBody body;

        ErrorBody(RefusalBody body) {
            this.body = body;
        }

        RefusalBody body() {
            return body;
        }
    }

    private static final Duration FOREVER = Duration.ofDays(3650);
    private static final List<Setting<?>> ALL = new ArrayList<>();

    static final Setting<String> ISSUER = add(
            "issuer",
            "",
            Syntaxes.printable(),
            "**required** (or `issuers`); the exact `iss` of the tokens. Its keys are discovered, unless told otherwise");
    static final Setting<Set<String>> ISSUERS = add(
            "issuers",
            "",
            Syntaxes.names(),
            "several issuers: a comma list of names of yours (`a-z`, `0-9`, `-`). Each needs `issuer.NAME.uri`, and may"
                    + " have every setting marked *each* as `issuer.NAME.…`; the one without `issuer.NAME.` is the default"
                    + " for all, except for `public-key` and `secret`");
    static final Setting<String> URI_OF_ISSUER = add(new Setting<>(
            "uri",
            "",
            false,
            Scope.ONE_OF_SEVERAL,
            Syntaxes.printable(),
            "the exact `iss` of this issuer's tokens. With `{tenant}` in it, there is one for each of the tenants;"
                    + " `{tenant}` may stand in its `jwks-uri` and `discovery-uri` too"));
    static final Setting<Set<String>> TENANTS = add(new Setting<>(
            "tenants",
            "",
            false,
            Scope.ONE_OF_SEVERAL,
            Syntaxes.tenants(),
            "comma list: what may stand for `{tenant}`, and nothing else may"));
    static final Setting<Set<String>> AUDIENCE = each(
            "audience",
            "",
            Syntaxes.set(),
            "**required**; comma list; one must be in `aud`. `*` accepts any, and warns");
    static final Setting<String> AUDIENCE_CLAIM =
            each("audience-claim", "aud", Syntaxes.printable(), "`client_id` for issuers that set no `aud`");
    static final Setting<String> JWKS_URI = concealed(
            "jwks-uri",
            Scope.ISSUER,
            Syntaxes.keyReference(),
            "a JWK set: `https:`, `http:` (to this machine only, else `insecure-http`), `file:` or `classpath:`; or `service:`, the"
                    + " token service in the same application, in process. Entries"
                    + " that cannot be read are skipped; a file is read again when it changes. Unset: what the issuer's"
                    + " metadata says. At most one of `jwks-uri`, `discovery-uri`, `public-key` and `secret`");
    static final Setting<String> DISCOVERY_URI = concealed(
            "discovery-uri",
            Scope.ISSUER,
            Syntaxes.printable(),
            "where the issuer's metadata is, when its name is not the address that this server can reach. Unset:"
                    + " `{issuer}/.well-known/openid-configuration`, then RFC 8414's"
                    + " `/.well-known/oauth-authorization-server`, the issuer's path after it");
    static final Setting<String> PUBLIC_KEY = concealed(
            "public-key",
            Scope.ISSUER_ALONE,
            text -> text,
            "PEM (public key, RSA public key, certificate), JWK or JWK set: inline, `file:` or `classpath:`. A file is"
                    + " read again when it changes");
    static final Setting<String> SECRET = concealed(
            "secret",
            Scope.ISSUER_ALONE,
            text -> text,
            "HMAC key: base64url, an `oct` JWK or JWK set, inline, `file:` or `classpath:`; then HS256/384/512 only, and"
                    + " at least as long as the hash. A file is read again when it changes");
    static final Setting<Set<Algorithm>> ALGORITHMS = each(
            "algorithms",
            "",
            Syntaxes.algorithms(),
            "of RS/PS/ES 256/384/512, EdDSA, Ed25519 (either name admits both and means Ed25519 only). Unset: all of"
                    + " these; with `secret` each of HS256/384/512 that the key is long enough for");
    static final Setting<Policy.Types> TOKEN_TYPES = each(
            "token-types",
            "at+jwt, JWT, none",
            Syntaxes.types(),
            "accepted `typ` (`none`: absent), without case, `application/` optional; ID, logout, DPoP and refresh types are"
                    + " never access tokens");
    static final Setting<Duration> CLOCK_SKEW = each(
            "clock-skew",
            "PT30S",
            Syntaxes.duration(Duration.ZERO, Policy.Times.MAX_CLOCK_SKEW),
            "≤ PT5M; applies to `exp`, `nbf`, `iat`. Expired at exactly `exp` + skew; `nbf` and `iat` are accepted at"
                    + " exactly now + skew");
    static final Setting<Duration> MAX_TOKEN_AGE = each(
            "max-token-age",
            "",
            Syntaxes.duration(Duration.ofSeconds(1), FOREVER),
            "PT1S to P3650D; how long after `iat` a token is taken; refused at exactly `iat` + this + skew");
    static final Setting<Duration> MAX_TOKEN_LIFETIME = each(
            "max-token-lifetime",
            "",
            Syntaxes.duration(Duration.ofSeconds(1), FOREVER),
            "PT1S to P3650D; the most that `exp` may lie after `iat`; exactly this is accepted");
    static final Setting<Set<String>> REQUIRED_CLAIMS =
            each("required-claims", "exp", Syntaxes.set(), "must be there and not null; `exp` always");
    static final Setting<List<String>> PRINCIPAL_CLAIM = each(
            "principal-claim", "sub", Syntaxes.list(), "list: the first one present, be it null, names the caller");
    static final Setting<List<ClaimPath>> ROLES_CLAIMS = each(
            "roles-claims",
            "groups",
            Syntaxes.paths(),
            "paths (`realm_access/roles`, `resource_access/{audience}/roles`; `*` only if written out, and warns) to"
                    + " arrays or space-separated strings; a claim whose whole name is the path comes first");
    static final Setting<Map<String, Set<String>>> ROLE_MAPPING = each(
            "role-mapping",
            "",
            Syntaxes.mapping(),
            "`staff=user, board-admin=admin+user`; a role without a mapping passes as it is");
    static final Setting<List<ClaimPath>> SCOPE_CLAIMS =
            each("scope-claims", "scope, scp", Syntaxes.paths(), "paths, like `roles-claims`");
    static final Setting<Preset> PRESET = each(
            "preset",
            "",
            Syntaxes.oneOf(Preset.class),
            "`keycloak`, `entra`, `auth0`, `okta`, `cognito`: fills the claim settings, explicit ones win");
    static final Setting<Duration> JWKS_REFRESH_AFTER = each(
            "jwks.refresh-after",
            "",
            Syntaxes.duration(Duration.ofSeconds(1), Duration.ofDays(1)),
            "PT1S to P1D; when keys are fetched again after a success, ±10 %, but not later than at half of `jwks.max-stale`. Unset: the response's `max-age`, from PT30S to"
                    + " PT10M; without one, PT10M");
    static final Setting<Duration> JWKS_MAX_STALE = each(
            "jwks.max-stale",
            "PT24H",
            Syntaxes.duration(Duration.ofMinutes(1), Duration.ofDays(365)),
            "PT1M to P365D; how long after the last success keys serve while they cannot be renewed; then 503");
    static final Setting<Duration> JWKS_CONNECT_TIMEOUT = each(
            "jwks.connect-timeout",
            "PT1S",
            Syntaxes.duration(Duration.ofMillis(50), Duration.ofSeconds(30)),
            "PT0.05S to PT30S; for a connection");
    static final Setting<Duration> JWKS_DEADLINE = each(
            "jwks.deadline",
            "PT2S",
            Syntaxes.duration(Duration.ofMillis(50), Duration.ofSeconds(30)),
            "PT0.05S to PT30S; for one response, its connection, headers and body together; and for a request that waits"
                    + " for a key it does not know, which then gets 503");
    static final Setting<Duration> JWKS_COOLDOWN = each(
            "jwks.cooldown",
            "PT5S",
            Syntaxes.duration(Duration.ofSeconds(1), Duration.ofMinutes(10)),
            "PT1S to PT10M; keys are fetched for the sake of unknown `kid`s once in this time, twice in a burst");
    static final Setting<Integer> JWKS_MAX_WAITING = each(
            "jwks.max-waiting",
            "50",
            Syntaxes.integer(1, 10_000),
            "1 to 10000; how many requests may wait for an issuer's keys at the same time; others get 503 at once. With several"
                    + " issuers, keep the sum well below the server's threads");
    static final Setting<Integer> JWKS_MAX_SIZE = each(
            "jwks.max-size",
            "1048576",
            Syntaxes.integer(1024, 100_000_000),
            "1024 to 100000000 bytes; a longer response is not read on");
    static final Setting<String> JWKS_HEADER = concealed(
            "jwks.header.NAME",
            Scope.ISSUER,
            text -> text,
            "a header for requests to `jwks-uri`, or to a set at the metadata's own origin, such as `jwks.header.X-Api-Key` for a gateway. `_` in it stands for `-`,"
                    + " so that an environment variable can name it");
    static final Setting<String> TRUST_STORE = add(
            "trust-store",
            "",
            text -> text,
            "whom to trust when keys are fetched, a file: certificates in PEM, PKCS#12 or JKS. Unset: the JVM's");
    static final Setting<String> TRUST_STORE_PASSWORD =
            concealed("trust-store-password", Scope.APPLICATION, text -> text, "of a PKCS#12 or JKS file");
    static final Setting<ProxySelector> PROXY = add(new Setting<>(
            "proxy",
            "",
            true, // as many a proxy's address has a password in it
            Scope.APPLICATION,
            Syntaxes.proxy(),
            "`host:port`, or `none`, for fetching keys. Unset: the JVM's (`https.proxyHost`)"));
    static final Setting<Boolean> INSECURE_HTTP = add(
            "insecure-http",
            "false",
            Syntaxes.bool(),
            "fetch keys by `http:` from other machines too: whoever is on the way can then forge tokens; warns");
    static final Setting<Boolean> FAIL_FAST = add(
            "fail-fast",
            "false",
            Syntaxes.bool(),
            "do not start while an issuer's keys are out of reach. Else everything starts, and that issuer's tokens get 503"
                    + " until they are");
    static final Setting<String> TOKEN_COOKIE = add(
            "token-cookie",
            "",
            Syntaxes.cookieName(),
            "also take the token from this cookie when there is no `Authorization` header; then unsafe methods and"
                    + " WebSockets must be same-origin (`Sec-Fetch-Site`, else `Origin`), or 403");
    static final Setting<Set<String>> ORIGINS = add(
            "origins",
            "",
            Syntaxes.origins(),
            "the application's own origins as browsers see them, behind a proxy. `X-Forwarded-*` is never read:"
                    + " configure the container");
    static final Setting<Set<String>> CORS_ORIGINS = add(
            "cors.origins",
            "",
            Syntaxes.origins(),
            "exact origins: their preflights are answered, and CORS headers put on every response, refusals too. Unset:"
                    + " preflights pass to the application, whose own CORS filter belongs before ours");
    static final Setting<Rules> RULES = add(
            "rules",
            "/** authenticated",
            Rules::parse,
            "one a line or `;`: `[METHODS] PATTERN permit \\| deny \\| authenticated \\| role a,b \\| scope x,y [once] [ticket]`;"
                    + " first match wins. `role`: any of them; `scope`: all. Patterns: exact, `*` within a segment, `/**` a tree"
                    + " with its root; case-sensitive, by whole segments, compared with the decoded path. A"
                    + " rule with methods (comma list, upper case; GET covers HEAD) is about these only. No match:"
                    + " `authenticated`. `deny`: 401 without a caller, 403 with one. `once`:"
                    + " each token is good for one request. `ticket`: one in the parameter `ticket` does as well");
    static final Setting<String> REPLAY_STORE = add(new Setting<>(
            "replay-store",
            "memory",
            true,
            Scope.APPLICATION,
            Syntaxes.printable(),
            "where it is noted what rules with `once` or `ticket` let pass: `memory`, of this node; what nodes share:"
                    + " `java:…`, a data source's JNDI name, or `jdbc:…`, both with the table `mapae_once`; or what a"
                    + " service `io.mapae.replay.ReplayStores` opens, such as `redis:…`"));
    static final Setting<Unannotated> UNANNOTATED = add(
            "unannotated",
            "authenticated",
            Syntaxes.oneOf(Unannotated.class),
            "`authenticated`, `permit` or `deny`: JAX-RS methods without an annotation that says who may call them");
    static final Setting<String> REALM = add("realm", "", Syntaxes.printable(), "named in the challenge");
    static final Setting<Boolean> AUTO =
            add("auto", "false", Syntaxes.bool(), "register the filter for `/*` without `web.xml`");
    static final Setting<Identity> IDENTITY = add(
            "identity",
            "auto",
            Syntaxes.oneOf(Identity.class),
            "who knows the caller. `filter`: the filter alone. `container`: the container too (Jakarta Authentication; needs"
                    + " `mapae-container-security`), or the application does not start. `auto`: the container too where that"
                    + " is possible and `web.xml` has no `<login-config>`");
    static final Setting<ErrorBody> ERROR_BODY = add(
            "error-body",
            "problem",
            Syntaxes.oneOf(ErrorBody.class),
            "RFC 9457 `application/problem+json`, or `none`; a service `io.mapae.http.RefusalBody` replaces it");
    static final Setting<String> CRYPTO_PROVIDER = add(
            "crypto-provider",
            "auto",
            Syntaxes.printable(),
            "who checks signatures. `auto`: Amazon Corretto Crypto Provider or Conscrypt where the application or the server has"
                    + " them, for each algorithm that they do right and faster than the JDK, as a short trial at the start shows;"
                    + " else the JDK's own. `jdk`: these alone. Or a name, `AmazonCorrettoCryptoProvider`, `Conscrypt` or that"
                    + " of a registered provider: it, for each algorithm that it does right, else the JDK");
    static final Setting<Integer> MAX_TOKEN_LENGTH = add(
            "max-token-length",
            "8192",
            Syntaxes.integer(256, 1_000_000),
            "256 to 1000000 characters; a longer token is refused before it is decoded");
    static final Setting<Boolean> CACHE_ENABLED = add(
            "cache.enabled",
            "true",
            Syntaxes.bool(),
            "whether tokens that were verified are known again, so that a repeated one costs no look at its signature. Its times,"
                    + " its key and revocations count each time, and nothing is kept that the token could be made of");
    static final Setting<Integer> CACHE_SIZE = add(
            "cache.size",
            "10000",
            Syntaxes.integer(1, 10_000_000),
            "1 to 10000000 tokens, in at most a sixteenth of the heap whatever is set here: of tokens of 1400 characters about 7000 in a heap"
                    + " of 512 MB");
    static final Setting<String> REVOCATION = concealed(
            "revocation",
            Scope.APPLICATION,
            text -> text,
            "where revoked tokens are written down: `service:`, the token service in the same application; a JDBC URL (`jdbc:…`, with user and password as its driver wants them), a"
                    + " DataSource's JNDI name (`java:…`), `redis:…` (needs `mapae-token-store-redis`), or the name of a"
                    + " service `io.mapae.revocation.RevocationProvider`. It is held in memory; until it has been read once,"
                    + " tokens get 503");
    static final Setting<Duration> REVOCATION_MAX_STALE = add(
            "revocation.max-stale",
            "PT5M",
            Syntaxes.duration(Duration.ZERO, Duration.ofDays(1)),
            "PT0S to P1D; how long what was read last serves while the source is out of reach; then 503. PT0S: not at all");
    static final Setting<Duration> REVOCATION_POLL = add(
            "revocation.poll",
            "PT1S",
            Syntaxes.duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
            "PT0.1S to PT1M; the pause between two readings");
    static final Setting<Boolean> EXPLAIN =
            add("explain", "false", Syntaxes.bool(), "development only: the refusal's body names the failed check");
    static final Setting<String> CONFIG = add(
            "config",
            "",
            text -> text,
            "a properties file (UTF-8) with more settings; unset: `mapae.properties` on the class path, where there is"
                    + " one");

    private Settings() {}

    /** All settings in the order of the table. */
    static List<Setting<?>> all() {
        return List.copyOf(ALL);
    }

    private static <T> Setting<T> add(String name, String fallback, Syntax<T> syntax, String meaning) {
        return add(new Setting<>(name, fallback, false, Scope.APPLICATION, syntax, meaning));
    }

    private static <T> Setting<T> each(String name, String fallback, Syntax<T> syntax, String meaning) {
        return add(new Setting<>(name, fallback, false, Scope.ISSUER, syntax, meaning));
    }

    private static Setting<String> concealed(String name, Scope scope, Syntax<String> syntax, String meaning) {
        return add(new Setting<>(name, "", true, scope, syntax, meaning));
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }
}
/** What is demanded where no annotation says it. */
enum Unannotated {
    AUTHENTICATED(Demand.AUTHENTICATED),
    PERMIT(Demand.PERMIT),
    DENY(Demand.DENY);

    private final Demand demand;

    Unannotated(Demand demand) {
        this.demand = demand;
    }

    Demand demand() {
        return demand;
    }
}
