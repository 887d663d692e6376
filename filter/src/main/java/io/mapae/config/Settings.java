package io.mapae.config;

import io.mapae.config.Setting.Syntax;
import io.mapae.http.RefusalBody;
import io.mapae.http.Rules;
import io.mapae.identity.ClaimPath;
import io.mapae.jws.Algorithm;
import io.mapae.verify.Policy;
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

    static final Setting<String> ISSUER =
            add("issuer", "", Syntaxes.printable(), "**required**; the exact `iss` of the tokens");
    static final Setting<Set<String>> AUDIENCE = add(
            "audience",
            "",
            Syntaxes.set(),
            "**required**; comma list; one must be in `aud`. `*` accepts any, and warns");
    static final Setting<String> AUDIENCE_CLAIM =
            add("audience-claim", "aud", Syntaxes.printable(), "`client_id` for issuers that set no `aud`");
    static final Setting<String> JWKS_URI = addConcealed(
            "jwks-uri",
            Syntaxes.keyReference(),
            "a JWK set: `file:` or `classpath:`. Entries that cannot be read are skipped; a file is read again when it"
                    + " changes. Exactly one of `jwks-uri`, `public-key` and `secret` is needed");
    static final Setting<String> PUBLIC_KEY = addConcealed(
            "public-key",
            text -> text,
            "PEM (public key, RSA public key, certificate), JWK or JWK set: inline, `file:` or `classpath:`. A file is"
                    + " read again when it changes");
    static final Setting<String> SECRET = addConcealed(
            "secret",
            text -> text,
            "HMAC key: base64url, an `oct` JWK or JWK set, inline, `file:` or `classpath:`; then HS256/384/512 only, and"
                    + " at least as long as the hash. A file is read again when it changes");
    static final Setting<Set<Algorithm>> ALGORITHMS = add(
            "algorithms",
            "",
            Syntaxes.algorithms(),
            "of RS/PS/ES 256/384/512, EdDSA, Ed25519 (either name admits both and means Ed25519 only). Unset: all of"
                    + " these; with `secret` each of HS256/384/512 that the key is long enough for");
    static final Setting<Policy.Types> TOKEN_TYPES = add(
            "token-types",
            "at+jwt, JWT, none",
            Syntaxes.types(),
            "accepted `typ` (`none`: absent), without case, `application/` optional; ID, logout, DPoP and refresh types are"
                    + " never access tokens");
    static final Setting<Duration> CLOCK_SKEW = add(
            "clock-skew",
            "PT30S",
            Syntaxes.duration(Duration.ZERO, Policy.Times.MAX_CLOCK_SKEW),
            "≤ PT5M; applies to `exp`, `nbf`, `iat`. Expired at exactly `exp` + skew; `nbf` and `iat` are accepted at"
                    + " exactly now + skew");
    static final Setting<Duration> MAX_TOKEN_AGE = add(
            "max-token-age",
            "",
            Syntaxes.duration(Duration.ofSeconds(1), FOREVER),
            "PT1S to P3650D; how long after `iat` a token is taken; refused at exactly `iat` + this + skew");
    static final Setting<Duration> MAX_TOKEN_LIFETIME = add(
            "max-token-lifetime",
            "",
            Syntaxes.duration(Duration.ofSeconds(1), FOREVER),
            "PT1S to P3650D; the most that `exp` may lie after `iat`; exactly this is accepted");
    static final Setting<Set<String>> REQUIRED_CLAIMS =
            add("required-claims", "exp", Syntaxes.set(), "must be there and not null; `exp` always");
    static final Setting<List<String>> PRINCIPAL_CLAIM =
            add("principal-claim", "sub", Syntaxes.list(), "list: the first one present, be it null, names the caller");
    static final Setting<List<ClaimPath>> ROLES_CLAIMS = add(
            "roles-claims",
            "groups",
            Syntaxes.paths(),
            "paths (`realm_access/roles`, `resource_access/{audience}/roles`; `*` only if written out, and warns) to"
                    + " arrays or space-separated strings; a claim whose whole name is the path comes first");
    static final Setting<Map<String, Set<String>>> ROLE_MAPPING = add(
            "role-mapping",
            "",
            Syntaxes.mapping(),
            "`staff=user, board-admin=admin+user`; a role without a mapping passes as it is");
    static final Setting<List<ClaimPath>> SCOPE_CLAIMS =
            add("scope-claims", "scope, scp", Syntaxes.paths(), "paths, like `roles-claims`");
    static final Setting<Preset> PRESET = add(
            "preset",
            "",
            Syntaxes.oneOf(Preset.class),
            "`keycloak`, `entra`, `auth0`, `okta`, `cognito`: fills the claim settings, explicit ones win");
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
            "one a line or `;`: `[METHODS] PATTERN permit \\| deny \\| authenticated \\| role a,b \\| scope x,y`; first"
                    + " match wins. `role`: any of them; `scope`: all. Patterns: exact, `*` within a segment, `/**` a tree"
                    + " with its root; case-sensitive, by whole segments, compared with the decoded path. A"
                    + " rule with methods (comma list, upper case; GET covers HEAD) is about these only. No match:"
                    + " `authenticated`. `deny`: 401 without a caller, 403 with one");
    static final Setting<String> REALM = add("realm", "", Syntaxes.printable(), "named in the challenge");
    static final Setting<Boolean> AUTO =
            add("auto", "false", Syntaxes.bool(), "register the filter for `/*` without `web.xml`");
    static final Setting<ErrorBody> ERROR_BODY = add(
            "error-body",
            "problem",
            Syntaxes.oneOf(ErrorBody.class),
            "RFC 9457 `application/problem+json`, or `none`; a service `io.mapae.http.RefusalBody` replaces it");
    static final Setting<Integer> MAX_TOKEN_LENGTH = add(
            "max-token-length",
            "8192",
            Syntaxes.integer(256, 1_000_000),
            "256 to 1000000 characters; a longer token is refused before it is decoded");
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
        return add(new Setting<>(name, fallback, false, syntax, meaning));
    }

    private static Setting<String> addConcealed(String name, Syntax<String> syntax, String meaning) {
        return add(new Setting<>(name, "", true, syntax, meaning));
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }
}
