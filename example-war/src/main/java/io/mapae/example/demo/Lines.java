package io.mapae.example.demo;

import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.net.URI;
import java.util.List;

/** What to try: one line for each way a request may end. */
final class Lines {
    private static final long HOUR = 3600;
    private static final String BODY = " -H 'Content-Type: text/plain' --data 'Hello, board'";

    private final URI base;
    private final TokenBuilder alice;
    private final TokenBuilder bob;

    /** The example's issuer and audience are the testkit's. */
    Lines(URI base, TestKey key) {
        this.base = base;
        this.alice = TokenBuilder.signedBy(key).expiresIn(HOUR).claim("groups", List.of("user"));
        this.bob = alice.subject("bob").claim("groups", List.of("user", "admin"));
    }

    List<Line> all() {
        String good = alice.text();
        TokenBuilder reader = alice.claim("scope", "board:read");
        TokenBuilder writer = alice.claim("scope", "board:read board:write");
        return List.of(
                new Line("alice's good token: who she is", request("api/profile", good), 200),
                new Line("no token", "curl -i " + base.resolve("api/profile"), 401),
                new Line("alice's token, altered to bob's name and roles", request("api/admin", altered(good)), 401),
                new Line("a token that expired an hour ago", request("api/profile", expired()), 401),
                new Line("alice has not the role admin", request("api/admin", good), 403),
                new Line("bob has", request("api/admin", bob.text()), 200),
                new Line("the scope board:read lists the posts", request("api/boards", reader.text()), 200),
                new Line("but it adds none", request("api/boards", reader.text()) + BODY, 403),
                new Line("the scope board:write does", request("api/boards", writer.text()) + BODY, 201),
                new Line(
                        "it takes none down: that needs the role admin besides",
                        request("api/boards/1", writer.text()) + " -X DELETE",
                        403));
    }

    private String request(String path, String token) {
        return "curl -i " + base.resolve(path) + " -H 'Authorization: Bearer " + token + "'";
    }

    private String altered(String token) {
        String[] parts = token.split("\\.", -1);
        return parts[0] + "." + bob.text().split("\\.", -1)[1] + "." + parts[2];
    }

    private String expired() {
        return alice.issuedIn(-2 * HOUR).expiresIn(-HOUR).text();
    }
}
