package io.mapae.example.demo;

import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.net.URI;
import java.util.List;

/** What to try: one line for each way a request may end. */
final class Lines {
    private static final long HOUR = 3600;
    private static final String BODY = " -H 'Content-Type: text/plain' --data 'Hello, board'";

    private final Places places;
    private final TokenBuilder alice;
    private final TokenBuilder bob;

    /** @param key of the issuer */
    Lines(Deployment deployment, TestKey key) {
        this.places = deployment.places();
        this.alice = TokenBuilder.signedBy(key)
                .issuer(places.issuer().toString())
                .audience(deployment.audience())
                .expiresIn(HOUR)
                .claim("groups", List.of("user"));
        this.bob = alice.subject("bob").claim("groups", List.of("user", "admin"));
    }

    List<Line> all() {
        String good = alice.text();
        TokenBuilder reader = alice.claim("scope", "board:read");
        TokenBuilder writer = alice.claim("scope", "board:read board:write");
        return List.of(
                new Line("alice's good token: who she is", profile(good), 200),
                new Line("no token", "curl -i " + places.profile(), 401),
                new Line("alice's token, altered to bob's name and roles", admin(altered(good)), 401),
                new Line("a token that expired an hour ago", profile(expired()), 401),
                new Line("alice has not the role admin", admin(good), 403),
                new Line("bob has", admin(bob.text()), 200),
                new Line("the scope board:read lists the posts", board(reader.text()), 200),
                new Line("but it adds none", board(reader.text()) + BODY, 403),
                new Line("the scope board:write does", board(writer.text()) + BODY, 201),
                new Line(
                        "it takes none down: that needs the role admin besides",
                        request(places.boards().get(0).resolve("api/boards/1"), writer.text()) + " -X DELETE",
                        403));
    }

    private String profile(String token) {
        return request(places.profile(), token);
    }

    private String admin(String token) {
        return request(places.page().resolve("api/admin"), token);
    }

    private String board(String token) {
        return request(places.boards().get(0).resolve("api/boards"), token);
    }

    private static String request(URI address, String token) {
        return "curl -i " + address + " -H 'Authorization: Bearer " + token + "'";
    }

    private String altered(String token) {
        String[] parts = token.split("\\.", -1);
        return parts[0] + "." + bob.text().split("\\.", -1)[1] + "." + parts[2];
    }

    private String expired() {
        return alice.issuedIn(-2 * HOUR).expiresIn(-HOUR).text();
    }
}
