package io.mapae.service.token;

import io.mapae.service.StoreException;
import io.mapae.service.account.Account;
import io.mapae.service.key.SigningKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Issues access tokens (RFC 9068). Safe for use by several threads. */
public final class AccessTokens {
    /** Whoever logged in at the same time shall not come back at the same time. */
    private static final double JITTER = 0.05;

    private static final int ID_BYTES = 16;

    private final Options options;
    private final SigningKeys keys;
    private final List<AdditionalClaims> additional;
    private final RandomGenerator random;
    private final SizeWarning size = new SizeWarning();

    /**
     * What all tokens have in common.
     *
     * @param issuer their {@code iss}
     * @param clientId their {@code client_id}
     * @param lifetime how long they live, five in a hundred more or less
     */
    public record Options(String issuer, String clientId, Duration lifetime) {
        /** @throws IllegalArgumentException if tokens would have expired at once */
        public Options {
            if (lifetime.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("an access token lives for a second at least");
            }
        }
    }

    /** Tokens that are signed with {@code keys}, and have the claims besides that {@code additional} give. */
    public AccessTokens(Options options, SigningKeys keys, List<AdditionalClaims> additional) {
        this(options, keys, additional, new SecureRandom());
    }

    AccessTokens(Options options, SigningKeys keys, List<AdditionalClaims> additional, RandomGenerator random) {
        this.options = options;
        this.keys = keys;
        this.additional = List.copyOf(additional);
        this.random = random;
    }

    /** How long the token lives that lives longest. */
    public static Duration longest(Duration lifetime) {
        return Duration.ofMillis((long) Math.ceil(lifetime.toMillis() * (1 + JITTER)));
    }

    /**
     * An access token.
     *
     * @param scopes what is granted, perhaps nothing
     * @param audiences whom it is for, at least one
     * @param session the {@code sid}, by which it can be denied
     * @param at when it is issued: a time from before its session was written, so that the session's end is never denied
     *     for a shorter time than the token lives
     * @throws IllegalArgumentException if it is for nobody
     * @throws RefusedClaimException if a claim that an application adds may not be in a token
     * @throws StoreException if no key may sign now
     */
    public AccessToken issue(Account account, Set<String> scopes, List<String> audiences, String session, Instant at)
            throws StoreException {
        if (audiences.isEmpty()) {
            throw new IllegalArgumentException("RFC 9068 §2.2 wants an audience");
        }
        Instant issued = at.truncatedTo(ChronoUnit.SECONDS);
        Instant expires = issued.plusSeconds(lifetimeSeconds());
        String id = id();
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("iss", options.issuer());
        claims.put("sub", account.name());
        claims.put("aud", audiences.size() == 1 ? audiences.get(0) : List.copyOf(audiences));
        claims.put("exp", expires.getEpochSecond());
        claims.put("iat", issued.getEpochSecond());
        claims.put("jti", id);
        claims.put("client_id", options.clientId());
        claims.put("groups", inOrder(account.roles()));
        if (!scopes.isEmpty()) {
            claims.put("scope", String.join(" ", inOrder(scopes)));
        }
        claims.put("sid", session);
        additional.forEach(source -> add(source.of(account, scopes, audiences), claims));
        String text = keys.sign(ClaimsWriter.write(claims));
        size.consider(text.length(), at);
        return new AccessToken(text, expires, id, Duration.between(at, expires).toSeconds());
    }

    private static void add(Map<String, ? extends @Nullable Object> more, Map<String, @Nullable Object> claims) {
        ClaimRules.check(more);
        more.forEach((name, value) -> {
            if (claims.containsKey(name)) {
                throw new RefusedClaimException(name, "given twice");
            }
            claims.put(name, value);
        });
    }

    /** The same token for the same account, whatever order a set has today. */
    private static List<String> inOrder(Collection<String> names) {
        return names.stream().sorted().toList();
    }

    private long lifetimeSeconds() {
        double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
        return Math.max(1, (long) (options.lifetime().toMillis() * factor / 1000));
    }

    private String id() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
