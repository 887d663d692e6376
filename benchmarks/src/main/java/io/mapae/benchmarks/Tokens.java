package io.mapae.benchmarks;

import io.mapae.testkit.TokenBuilder;
import java.util.List;

/** Access tokens as an identity provider of a company issues them. */
public final class Tokens {
    /** Outlives a run. */
    static final long LIFETIME_SECONDS = 86_400;

    private Tokens() {}

    /** With RS256 its tokens are 1416 characters long, with the others shorter by what their signatures are. */
    public static TokenBuilder good(Scheme scheme) {
        return TokenBuilder.signedBy(scheme.key())
                .expiresIn(LIFETIME_SECONDS)
                .subject("f3a1c2d4-5b6e-4f70-8a91-b2c3d4e5f607")
                .claim("client_id", "orders-frontend")
                .claim("sid", "0f8b6c1e-7d52-4a39-9c04-3e1f5a7b9d20")
                .claim("preferred_username", "alice.liddell")
                .claim("name", "Alice Pleasance Liddell")
                .claim("email", "alice.liddell@wonderland.example")
                .claim("email_verified", true)
                .claim("scope", "openid profile email orders:read orders:write invoices:read")
                .claim(
                        "groups",
                        List.of(
                                "user",
                                "orders-clerk",
                                "orders-approver",
                                "invoices-reader",
                                "warehouse-north",
                                "warehouse-south",
                                "reports"))
                .claim("azp", "orders-frontend")
                .claim("acr", "urn:mace:incommon:iap:silver")
                .claim("auth_time", 1_760_000_000)
                .claim("locale", "en-GB")
                .claim("tenant", "wonderland")
                .claim("organization", "Wonderland Trading Company, Looking-Glass");
    }

    /**
     * {@code token} with one character of its signature altered, in the middle of its second half: of EdDSA's first half
     * every other alteration is no point of the curve, and refused for half the price.
     */
    public static String forged(String token) {
        int dot = token.lastIndexOf('.');
        int place = dot + (token.length() - dot) * 3 / 4;
        char other = token.charAt(place) == '0' ? '1' : '0';
        return token.substring(0, place) + other + token.substring(place + 1);
    }
}
