package io.mapae.identity;

import java.io.Serializable;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A caller known by a token. */
final class TokenCaller implements Caller, Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String issuer;
    private final Instant expiresAt;
    private final Set<String> roles;
    private final Set<String> scopes;
    private final Map<String, @Nullable Object> claims;

    /** What ends with the token; not serialised: a session store must not become a store of credentials. */
    private final transient @Nullable String text;

    private final transient int from;

    /** One whose token is not here. */
    TokenCaller(
            String name,
            String issuer,
            Instant expiresAt,
            Set<String> roles,
            Set<String> scopes,
            Map<String, @Nullable Object> claims) {
        this.name = name;
        this.issuer = issuer;
        this.expiresAt = expiresAt;
        this.roles = roles;
        this.scopes = scopes;
        this.claims = claims;
        this.text = null;
        this.from = 0;
    }

    private TokenCaller(TokenCaller same, String text, int from) {
        this.name = same.name;
        this.issuer = same.issuer;
        this.expiresAt = same.expiresAt;
        this.roles = same.roles;
        this.scopes = same.scopes;
        this.claims = same.claims;
        this.text = text;
        this.from = from;
    }

    /** The same caller with their token, which is the end of {@code text}. */
    TokenCaller with(String text, int from) {
        return new TokenCaller(this, text, from);
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public <T> Optional<T> claim(String claim, Class<T> type) {
        Object value = claims.get(claim);
        return value == null
                ? Optional.empty()
                : Optional.of(ClaimType.read(value, type).orElseThrow(() -> new ClaimTypeException(claim, type)));
    }

    @Override
    public Map<String, @Nullable Object> claims() {
        return claims;
    }

    @Override
    public Set<String> roles() {
        return roles;
    }

    @Override
    public Set<String> scopes() {
        return scopes;
    }

    @Override
    public String issuer() {
        return issuer;
    }

    @Override
    public Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public Optional<String> token() {
        return Optional.ofNullable(text).map(known -> known.substring(from));
    }

    /** With the same rights: containers take an equal principal for one that they have let in already. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenCaller caller
                && name.equals(caller.name)
                && issuer.equals(caller.issuer)
                && roles.equals(caller.roles)
                && scopes.equals(caller.scopes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, issuer);
    }

    @Override
    public String toString() {
        return "Caller[" + name + ", " + issuer + "]";
    }
}
