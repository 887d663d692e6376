package io.mapae.benchmarks.server;

import com.nimbusds.jose.jwk.RSAKey;
import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.peers.SmallRye;
import io.mapae.benchmarks.peers.Spring;
import io.mapae.servlet.BearerTokenFilter;
import io.mapae.testkit.TokenBuilder;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who stands before the servlet. */
public enum Guard {
    NONE("none"),
    /** Lets everybody pass once it has read their header, for which a server makes texts of bytes. */
    HEADER("none, the header read") {
        @Override
        Optional<Filter> filter(String publicKey) {
            return Optional.of((request, response, chain) -> {
                var unused = ((HttpServletRequest) request).getHeader("Authorization");
                chain.doFilter(request, response);
            });
        }
    },
    /** Remembers no token, so that each is seen for the first time. */
    MAPAE_FIRST("Mapae, first sight") {
        @Override
        Optional<Filter> filter(String publicKey) throws Exception {
            return Optional.of(new BearerTokenFilter());
        }

        @Override
        Map<String, String> settings(String publicKey) {
            Map<String, String> settings = mapae(publicKey);
            settings.put("cache.enabled", "false");
            return settings;
        }
    },
    /** As it comes: it remembers tokens. */
    MAPAE_REPEAT("Mapae, seen before") {
        @Override
        Optional<Filter> filter(String publicKey) {
            return Optional.of(new BearerTokenFilter());
        }

        @Override
        Map<String, String> settings(String publicKey) {
            return mapae(publicKey);
        }
    },
    SMALLRYE("SmallRye") {
        @Override
        Optional<Filter> filter(String publicKey) throws Exception {
            return Optional.of(new SmallRyeFilter(
                    SmallRye.parser(Scheme.RS256, RSAKey.parse(publicKey).toPublicKey())));
        }
    },
    SPRING("Spring Security") {
        @Override
        Optional<Filter> filter(String publicKey) throws Exception {
            return Optional.of(SpringChain.filter(Spring.decoder(Scheme.RS256, publicKey)));
        }
    };

    private final String title;

    Guard(String title) {
        this.title = title;
    }

    /** A new filter that trusts this key, if there is a filter at all. */
    Optional<Filter> filter(String publicKey) throws Exception {
        return Optional.empty();
    }

    /** Whether it refuses whoever has no good token. */
    public boolean refuses() {
        return this != NONE && this != HEADER;
    }

    /** The filter's parameters. */
    Map<String, String> settings(String publicKey) {
        return Map.of();
    }

    private static Map<String, String> mapae(String publicKey) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("issuer", TokenBuilder.ISSUER);
        settings.put("audience", TokenBuilder.AUDIENCE);
        settings.put("public-key", publicKey);
        settings.put("crypto-provider", "jdk"); // as the others have it
        return settings;
    }

    /** As it is called where figures are shown. */
    @Override
    public String toString() {
        return title;
    }
}
