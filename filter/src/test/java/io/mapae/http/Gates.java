package io.mapae.http;

import io.mapae.http.Answer.Admit;
import io.mapae.http.Answer.Field;
import io.mapae.http.Answer.Reply;
import io.mapae.identity.Caller;
import io.mapae.identity.CallerMapping;
import io.mapae.identity.ClaimPath;
import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeyLocation;
import io.mapae.keys.KeySource;
import io.mapae.replay.MemoryReplayStore;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.Policy;
import io.mapae.verify.TokenVerifier;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gates for tests, all of one issuer, key and moment; each test says only which options differ. */
record Gates(GateOptions options, KeySource keys) {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final TestKey KEY = TestKey.rsa();
    static final TokenBuilder VALID = TokenBuilder.signedBy(KEY).at(NOW);
    static final KeySource OUT_OF_REACH = header -> {
        throw new IOException("nobody answers");
    };

    static final CallerMapping MAPPING = new CallerMapping(
            List.of(new ClaimPath("groups")), Map.of(), List.of(new ClaimPath("scope")), Set.of(TokenBuilder.AUDIENCE));

    static Gates withRules(String rules) {
        return new Gates(
                new GateOptions(
                        Rules.parse(rules),
                        Optional.empty(),
                        Set.of(),
                        Set.of(),
                        Optional.empty(),
                        RefusalBody.PROBLEM,
                        false),
                keysOf(KEY));
    }

    Gates cookie(String name, String... origins) {
        return with(new GateOptions(
                options.rules(),
                Optional.of(name),
                Set.of(origins),
                options.corsOrigins(),
                options.realm(),
                options.body(),
                options.explain(),
                options.exempt()));
    }

    Gates cors(String... origins) {
        return with(new GateOptions(
                options.rules(),
                options.tokenCookie(),
                options.origins(),
                Set.of(origins),
                options.realm(),
                options.body(),
                options.explain(),
                options.exempt()));
    }

    Gates realm(String realm) {
        return with(new GateOptions(
                options.rules(),
                options.tokenCookie(),
                options.origins(),
                options.corsOrigins(),
                Optional.of(realm),
                options.body(),
                options.explain(),
                options.exempt()));
    }

    Gates body(RefusalBody body) {
        return with(new GateOptions(
                options.rules(),
                options.tokenCookie(),
                options.origins(),
                options.corsOrigins(),
                options.realm(),
                body,
                options.explain(),
                options.exempt()));
    }

    Gates exempt(String... patterns) {
        return with(new GateOptions(
                options.rules(),
                options.tokenCookie(),
                options.origins(),
                options.corsOrigins(),
                options.realm(),
                options.body(),
                options.explain(),
                Paths.of(List.of(patterns))));
    }

    Gates explaining() {
        return with(new GateOptions(
                options.rules(),
                options.tokenCookie(),
                options.origins(),
                options.corsOrigins(),
                options.realm(),
                options.body(),
                true,
                options.exempt()));
    }

    Gates keys(KeySource other) {
        return new Gates(options, other);
    }

    private Gates with(GateOptions other) {
        return new Gates(other, keys);
    }

    static Policy policy(String issuer) {
        return new Policy(
                issuer,
                new Policy.Audience("aud", Set.of(TokenBuilder.AUDIENCE)),
                Policy.ASYMMETRIC,
                new Policy.Types(Set.of("at+jwt", "JWT"), true),
                new Policy.Times(Duration.ofSeconds(30), Optional.empty(), Optional.empty()),
                Set.of(),
                Map.of(),
                List.of("sub"),
                8192);
    }

    Gate gate() {
        return new Gate(
                new TokenVerifier(policy(TokenBuilder.ISSUER), keys, () -> NOW), MAPPING, options, once(), () -> NOW);
    }

    static Once once() {
        return new Once(new MemoryReplayStore(() -> NOW), Duration.ofSeconds(30), () -> NOW);
    }

    Answer admit(Request request) {
        return gate().admit(request);
    }

    /** What became of the request in a word or two: {@code alice}, {@code nobody}, {@code 401 invalid_token}. */
    String outcome(Request request) {
        return outcome(admit(request));
    }

    static String outcome(Answer answer) {
        if (answer instanceof Admit admit) {
            return admit.caller().map(Caller::getName).orElse("nobody");
        }
        Reply reply = (Reply) answer;
        String challenge = value(reply.fields(), "WWW-Authenticate");
        String error = challenge.replaceFirst(".*[ ,]error=\"(\\w+)\".*", "$1");
        return reply.status() + (challenge.equals(error) ? "" : " " + error);
    }

    Reply reply(Request request) {
        return (Reply) admit(request);
    }

    /** The values of the fields of that name, joined. */
    static String value(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .collect(Collectors.joining(" && "));
    }

    static KeySource keysOf(TestKey key) {
        try {
            return KeyLocation.open(TestKey.jwks(key), KeyFormat.JWK_SET, Gates.class.getClassLoader(), () -> NOW);
        } catch (IOException | InvalidKeyException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
