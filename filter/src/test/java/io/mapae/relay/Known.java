package io.mapae.relay;

import io.mapae.identity.Caller;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A caller of whom only the name and the token matter. */
record Known(String name, Optional<String> token) implements Caller {
    static final Known ALICE = new Known("alice", Optional.of("token.of.alice"));
    static final Known BOB = new Known("bob", Optional.of("token.of.bob"));

    /** Deserialised, and therefore without a token. */
    static final Known FROM_A_SESSION = new Known("carol", Optional.empty());

    @Override
    public String getName() {
        return name;
    }

    @Override
    public <T> Optional<T> claim(String claim, Class<T> type) {
        return Optional.empty();
    }

    @Override
    public Map<String, @Nullable Object> claims() {
        return Map.of();
    }

    @Override
    public Set<String> roles() {
        return Set.of();
    }

    @Override
    public Set<String> scopes() {
        return Set.of();
    }

    @Override
    public String issuer() {
        return "https://issuer.example";
    }

    @Override
    public Instant expiresAt() {
        return Instant.MAX;
    }
}
