package io.mapae.verify;

import io.mapae.jws.Claims;
import io.mapae.jws.Engines;
import io.mapae.jws.Header;
import io.mapae.jws.SignedToken;
import io.mapae.jws.TokenReader;
import io.mapae.jws.VerificationKey;
import io.mapae.keys.KeySource;
import io.mapae.revocation.Revocation;
import io.mapae.revocation.Revocations;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tokens of one issuer or several: the text, then the signature (RFC 7515 §5.2), then the claims (RFC 7519
 * §7.2), so that a forged token costs a signature check and its payload is never parsed, then whether it was revoked; of
 * several issuers it must name the one whose keys are tried. Safe for use by several threads.
 */
public final class TokenVerifier {
    private final Map<String, Issuer> issuers;
    private final Optional<Issuer> sole;
    private final int maxLength;
    private final Revocations revocations;
    private final Engines engines;
    private final InstantSource clock;
    private final VerifiedTokens known;
    private final TokenReader reader;

    /** A verifier of tokens that satisfy {@code policy}, signed with {@code keys}, at the times that {@code clock} says. */
    public TokenVerifier(Policy policy, KeySource keys, InstantSource clock) {
        this(List.of(new Issuer(policy, keys)), clock);
    }

    /**
     * A verifier of the tokens of all these issuers, no token longer than the longest of their policies allows.
     *
     * @param revocations for the tokens of each of them
     * @param engines who checks their signatures
     * @param cache how many tokens are known again
     * @throws IllegalArgumentException if there is no issuer, or two have one name
     */
    public TokenVerifier(
            List<Issuer> issuers, Revocations revocations, Engines engines, CacheSize cache, InstantSource clock) {
        this.issuers = issuers.stream()
                .collect(Collectors.toUnmodifiableMap(issuer -> issuer.policy().issuer(), issuer -> issuer, (a, b) -> {
                    throw new IllegalArgumentException("two issuers with one name");
                }));
        this.sole = issuers.size() == 1 ? Optional.of(issuers.get(0)) : Optional.empty();
        this.maxLength = issuers.stream()
                .mapToInt(issuer -> issuer.policy().maxLength())
                .max()
                .orElseThrow(() -> new IllegalArgumentException("no issuer"));
        this.revocations = revocations;
        this.engines = engines;
        this.reader = new TokenReader(maxLength);
        this.known = new VerifiedTokens(cache, reader);
        this.clock = clock;
    }

    /** The same, with signatures checked by the JDK. */
    public TokenVerifier(List<Issuer> issuers, Revocations revocations, CacheSize cache, InstantSource clock) {
        this(issuers, revocations, Engines.jdk(), cache, clock);
    }

    /** The same, where nothing is ever revoked, and no token known again. */
    public TokenVerifier(List<Issuer> issuers, InstantSource clock) {
        this(issuers, Revocations.NONE, CacheSize.NONE, clock);
    }

    /** Whose tokens are verified; at least one. */
    public Set<String> issuers() {
        return issuers.keySet();
    }

    /** The tokens that are known again. */
    public VerifiedTokensMXBean known() {
        return known;
    }

    /**
     * What is to be said of the token that {@code text} ends with, from there on, if it was accepted before and is known
     * still: the same as {@link #verify} would say now, without another look at its signature. Empty for any other, and for one
     * whose time is over or whose key is not at hand. Throws nothing and waits for nothing.
     */
    public Optional<Verdict> recall(String text, int from) {
        if (text.length() - from > maxLength) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return known.find(text, from, now)
                .map(token -> unlessRevoked(token.verdict(), token.issuer().policy(), now));
    }

    /**
     * What is to be said of {@code text}, whatever it may be, as if it were never seen before; throws nothing. May wait for keys
     * as {@link KeySource} does.
     */
    public Verdict verify(String text) {
        if (text.length() > maxLength) {
            return rejected(Reason.TOKEN_TOO_LONG, Optional.empty(), text.length() + " characters");
        }
        return reader.read(text)
                .fold(this::judge, (flaw, member) -> rejected(Reason.of(flaw), Optional.empty(), member));
    }

    private Verdict judge(SignedToken token) {
        return issuer(token)
                .map(issuer -> judge(token, issuer))
                .orElseGet(() -> rejected(Reason.WRONG_ISSUER, Optional.of(token.header()), "iss"));
    }

    /** What a token says before its signature was checked is believed for one thing only: whose keys may prove it. */
    private Optional<Issuer> issuer(SignedToken token) {
        return sole.isPresent() ? sole : token.unverifiedIssuer().map(issuers::get);
    }

    private Verdict judge(SignedToken token, Issuer issuer) {
        Policy policy = issuer.policy();
        Header header = token.header();
        if (!policy.algorithms().contains(header.algorithm())) {
            return rejected(Reason.ALGORITHM_NOT_ALLOWED, policy, header, "alg");
        }
        if (!policy.types().admit(header.type())) {
            return rejected(Reason.TYPE_NOT_ALLOWED, policy, header, "typ");
        }
        try {
            return judge(token, issuer, issuer.keys().candidates(header));
        } catch (IOException keysOutOfReach) {
            return outOfReach(keysOutOfReach, issuer, header);
        }
    }

    private static Verdict outOfReach(IOException keys, Issuer issuer, Header header) {
        return new Verdict.Undecided(Reason.KEYS_OUT_OF_REACH, issuer.policy().issuer(), header, keys);
    }

    private Verdict judge(SignedToken token, Issuer issuer, List<VerificationKey> candidates) {
        Policy policy = issuer.policy();
        if (candidates.isEmpty()) {
            return rejected(Reason.NO_MATCHING_KEY, policy, token.header(), "");
        }
        for (VerificationKey key : candidates) {
            if (token.isSignedBy(key, engines)) {
                reader.remember(token);
                return token.claims()
                        .fold(
                                claims -> judge(token, claims, issuer, key),
                                (flaw, member) -> rejected(Reason.of(flaw), policy, token.header(), member));
            }
        }
        return rejected(Reason.BAD_SIGNATURE, policy, token.header(), "");
    }

    private Verdict judge(SignedToken token, Claims claims, Issuer issuer, VerificationKey key) {
        Policy policy = issuer.policy();
        Header header = token.header();
        Checks.Subject subject = new Checks.Subject(header, claims, policy, clock.instant());
        return Checks.firstViolation(subject)
                .<Verdict>map(violation -> rejected(violation.reason(), policy, header, violation.detail()))
                .orElseGet(() -> accepted(token, subject, issuer, key));
    }

    private Verdict accepted(SignedToken token, Checks.Subject subject, Issuer issuer, VerificationKey key) {
        String name = subject.claims().string(Checks.nameClaim(subject)).orElseThrow();
        Verdict.Accepted accepted = new Verdict.Accepted(new VerifiedToken(token.header(), subject.claims(), name));
        known.add(token, issuer, key, accepted);
        return unlessRevoked(accepted, issuer.policy(), subject.now());
    }

    /** Last, as it is about good tokens only: all others are refused without anybody's help. */
    private Verdict unlessRevoked(Verdict.Accepted accepted, Policy policy, Instant now) {
        VerifiedToken token = accepted.token();
        try {
            Optional<Revocation.Kind> revoked = revocations.of(token.claims(), now);
            return revoked.isPresent()
                    ? rejected(
                            Reason.REVOKED,
                            policy,
                            token.header(),
                            revoked.get().claim())
                    : accepted;
        } catch (IOException notKnown) {
            return new Verdict.Undecided(Reason.REVOCATIONS_OUT_OF_REACH, policy.issuer(), token.header(), notKnown);
        }
    }

    /**
     * Why a token that was good, and had these claims, is not believed any more: it was revoked since, or that is not known.
     * For those who come with something that they got for it.
     */
    public Optional<Reason> objection(Map<String, @Nullable Object> claims) {
        try {
            Optional<Claims> kept = Claims.kept(claims);
            return kept.isEmpty() || revocations.of(kept.get(), clock.instant()).isPresent()
                    ? Optional.of(Reason.REVOKED)
                    : Optional.empty();
        } catch (IOException notKnown) {
            return Optional.of(Reason.REVOCATIONS_OUT_OF_REACH);
        }
    }

    private static Verdict rejected(Reason reason, Policy policy, Header header, String detail) {
        Optional<String> issuer = reason == Reason.WRONG_ISSUER ? Optional.empty() : Optional.of(policy.issuer());
        return new Verdict.Rejected(reason, issuer, Optional.of(header), detail);
    }

    /** Before the token's issuer is known, unless there is only one anyway. */
    private Verdict rejected(Reason reason, Optional<Header> header, String detail) {
        return new Verdict.Rejected(reason, sole.map(issuer -> issuer.policy().issuer()), header, detail);
    }
}
