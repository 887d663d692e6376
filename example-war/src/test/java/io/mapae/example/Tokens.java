package io.mapae.example;

import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.util.List;

/** The tokens of the tests, by what is special about them. */
enum Tokens {
    NONE,
    /** Has every role and scope. */
    GOOD,
    /** As good, but without any role or scope. */
    BARE,
    /** Signed with no roles, then given them. */
    ALTERED,
    EXPIRED,
    FOREIGN;

    String of(TestKey key) {
        TokenBuilder bare = TokenBuilder.signedBy(key);
        TokenBuilder good = bare.claim("groups", List.of("user", "admin")).claim("scope", "board:read board:write");
        return switch (this) {
            case NONE -> "";
            case GOOD -> good.text();
            case BARE -> bare.text();
            case ALTERED -> altered(bare.text(), good.text());
            case EXPIRED -> good.issuedIn(-600).expiresIn(-300).text();
            case FOREIGN -> good.audience("https://other.example").text();
        };
    }

    private static String altered(String token, String payload) {
        String[] parts = token.split("\\.", -1);
        return parts[0] + "." + payload.split("\\.", -1)[1] + "." + parts[2];
    }
}
