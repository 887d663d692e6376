package io.mapae.example.demo;

import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    /** Good for an hour, but for two; by the names of the variables that {@link #all} has them in. */
    Map<String, String> tokens() {
        String good = alice.text();
        Map<String, String> tokens = new LinkedHashMap<>();
        tokens.put("ALICE", good);
        tokens.put("ALTERED", altered(good));
        tokens.put("EXPIRED", expired());
        tokens.put("BOB", bob.text());
        tokens.put("READER", alice.claim("scope", "board:read").text());
        tokens.put("WRITER", alice.claim("scope", "board:read board:write").text());
        return tokens;
    }

    List<Line> all() {
        return List.of(
                new Line("alice's good token: who she is", profile("ALICE"), 200),
                new Line("no token", "curl -i " + places.profile(), 401),
                new Line("alice's token, altered to bob's name and roles", admin("ALTERED"), 401),
                new Line("a token that expired an hour ago", profile("EXPIRED"), 401),
                new Line("alice has not the role admin", admin("ALICE"), 403),
                new Line("bob has", admin("BOB"), 200),
                new Line("the scope board:read lists the posts", board("READER"), 200),
                new Line("but it adds none", board("READER") + BODY, 403),
                new Line("the scope board:write does", board("WRITER") + BODY, 201),
                new Line(
                        "it takes none down: that needs the role admin besides",
                        request(places.boards().get(0).resolve("api/boards/1"), "WRITER") + " -X DELETE",
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
        return "curl -i " + address + " -H \"Authorization: Bearer $" + token + "\"";
    }

    private String altered(String token) {
        String[] parts = token.split("\\.", -1);
        return parts[0] + "." + bob.text().split("\\.", -1)[1] + "." + parts[2];
    }

    private String expired() {
        return alice.issuedIn(-2 * HOUR).expiresIn(-HOUR).text();
    }
}
