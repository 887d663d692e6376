package io.mapae.containers.matrix;

import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A server with the applications on it, as the checks of the APIs use it. */
record Trial(Product product, Server server, Applications applications) {
    private static final String GOOD = token(TestKey.rsa());
    private static final String BAD = token(TestKey.otherRsa().withKeyId("rsa"));

    /** What a request comes with. */
    enum Credentials {
        NONE(Map.of()),
        GOOD(Map.of("Authorization", "Bearer " + Trial.GOOD)),
        BAD(Map.of("Authorization", "Bearer " + Trial.BAD)),
        /** Of a user whom the server knows. */
        BASIC(Map.of("Authorization", "Basic emVkOnplZA==")),
        WRONG_BASIC(Map.of("Authorization", "Basic emVkOm5vcGU="));

        final Map<String, String> headers;

        Credentials(Map<String, String> headers) {
            this.headers = headers;
        }
    }

    private static String token(TestKey key) {
        return TokenBuilder.signedBy(key)
                .subject("alice")
                .claim("groups", List.of("user", "reader"))
                .expiresIn(3600)
                .text();
    }

    Reply get(Variant application, String path, Credentials credentials) {
        return server.get("/" + application.context() + path, credentials.headers);
    }

    Reply get(String path, Credentials credentials) {
        return get(Variant.PLAIN, path, credentials);
    }

    /** What came of a request: its status, and whether the servlet ran. */
    record Outcome(int status, boolean ran) {}

    Outcome outcome(String target, Credentials credentials) {
        String run = UUID.randomUUID().toString();
        Map<String, String> headers = new HashMap<>(credentials.headers);
        headers.put("X-Run", run);
        int status = server.get(target, headers).status();
        String ran = server.get("/plain/public?do=ran&run=" + run, Map.of()).body();
        return new Outcome(status, Boolean.parseBoolean(ran));
    }

    /** Adds the application whose settings are wrong. */
    void addWrong() throws IOException {
        server.deploy(Variant.WRONG.context(), applications.of(Variant.WRONG));
    }

    /** Puts the bare application in the plain one's place. */
    void takeMapaeOut() throws IOException {
        server.deploy(Variant.PLAIN.context(), applications.of(Variant.BARE));
    }
}
