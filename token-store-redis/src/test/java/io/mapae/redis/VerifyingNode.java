package io.mapae.redis;

import io.mapae.Mapae;
import io.mapae.config.Surroundings;
import io.mapae.http.Answer;
import io.mapae.http.Request;
import io.mapae.http.Usage;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An application that verifies tokens, and knows Redis by settings alone. */
public final class VerifyingNode implements AutoCloseable {
    private final Mapae mapae;

    /** @param more settings, values after names */
    public VerifyingNode(String redis, String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "issuer",
                TokenBuilder.ISSUER,
                "audience",
                TokenBuilder.AUDIENCE,
                "public-key",
                TestKey.rsa().publicJwk(),
                "revocation",
                redis,
                "replay-store",
                redis,
                "rules",
                "/once authenticated once"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        mapae = Mapae.start(
                "node", Surroundings.of(settings, Map.of(), Map.of(), VerifyingNode.class.getClassLoader()));
    }

    /** Of the answer to a token of that {@code sid} and {@code jti}. */
    public int status(String path, String sid, String jti) {
        String token = TokenBuilder.signedBy(TestKey.rsa())
                .claim("sid", sid)
                .claim("jti", jti)
                .text();
        return mapae.gate().admit(new Bearing(path, token, new Usage())) instanceof Answer.Reply reply
                ? reply.status()
                : 200;
    }

    /** Whether that becomes the status within some seconds. */
    public boolean becomes(int status, String sid, String jti) throws InterruptedException {
        for (int i = 0; status("/", sid, jti) != status && i < 500; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return status("/", sid, jti) == status;
    }

    @Override
    public void close() {
        mapae.close();
    }

    private record Bearing(String path, String token, Usage used) implements Request {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String rawTarget() {
            return path;
        }

        @Override
        public String rawQuery() {
            return "";
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
