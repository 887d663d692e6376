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
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tokens of one issuer or several: the text, then the signature (RFC 7515 §5.2), then the claims (RFC 7519
 * §7.2), so that a forged token costs one signature check and its payload is never parsed, then whether it was revoked; of
 * several issuers it must name the one whose keys are tried. Safe for use by several threads.
 */
public final class TokenVerifier {
    private final Map<String, Issuer> issuers;
    private final int maxLength;
    private final Revocations revocations;
    private final Engines engines;
    private final InstantSource clock;
    private final TokenReader reader = new TokenReader();

    /** A verifier of tokens that satisfy {@code policy}, signed with {@code keys}, at the times that {@code clock} says. */
    public TokenVerifier(Policy policy, KeySource keys, InstantSource clock) {
        this(List.of(new Issuer(policy, keys)), clock);
    }

    /**
     * A verifier of the tokens of all these issuers, no token longer than the longest of their policies allows.
     *
     * @param revocations for the tokens of each of them
     * @param engines who checks their signatures
     * @throws IllegalArgumentException if there is no issuer, or two have one name
     */
    public TokenVerifier(List<Issuer> issuers, Revocations revocations, Engines engines, InstantSource clock) {
        this.issuers = issuers.stream()
                .collect(Collectors.toUnmodifiableMap(issuer -> issuer.policy().issuer(), issuer -> issuer, (a, b) -> {
                    throw new IllegalArgumentException("two issuers with one name");
                }));
        this.maxLength = issuers.stream()
                .mapToInt(issuer -> issuer.policy().maxLength())
                .max()
                .orElseThrow(() -> new IllegalArgumentException("no issuer"));
        this.revocations = revocations;
        this.engines = engines;
        this.clock = clock;
    }

    /** The same, with signatures checked by the JDK. */
    public TokenVerifier(List<Issuer> issuers, Revocations revocations, InstantSource clock) {
        this(issuers, revocations, Engines.jdk(), clock);
    }

    /** The same, where nothing is ever revoked. */
    public TokenVerifier(List<Issuer> issuers, InstantSource clock) {
        this(issuers, Revocations.NONE, clock);
    }

    /** Whose tokens are verified; at least one. */
    public Set<String> issuers() {
        return issuers.keySet();
    }

    /** What is to be said of {@code text}, whatever it may be; throws nothing. May wait for keys as {@link KeySource} does. */
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
        return issuers.size() == 1
                ? issuers.values().stream().findFirst()
                : token.unverifiedIssuer().map(issuers::get);
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
            return judge(token, policy, issuer.keys().candidates(header));
        } catch (IOException keysOutOfReach) {
            return new Verdict.Undecided(Reason.KEYS_OUT_OF_REACH, policy.issuer(), header, keysOutOfReach);
        }
    }

    private Verdict judge(SignedToken token, Policy policy, List<VerificationKey> candidates) {
        if (candidates.isEmpty()) {
            return rejected(Reason.NO_MATCHING_KEY, policy, token.header(), "");
        }
        if (candidates.stream().noneMatch(key -> token.isSignedBy(key, engines))) {
            return rejected(Reason.BAD_SIGNATURE, policy, token.header(), "");
        }
        reader.remember(token);
        return token.claims()
                .fold(
                        claims -> judge(token.header(), claims, policy),
                        (flaw, member) -> rejected(Reason.of(flaw), policy, token.header(), member));
    }

    private Verdict judge(Header header, Claims claims, Policy policy) {
        Checks.Subject subject = new Checks.Subject(header, claims, policy, clock.instant());
        return Checks.firstViolation(subject)
                .<Verdict>map(violation -> rejected(violation.reason(), policy, header, violation.detail()))
                .orElseGet(() -> unlessRevoked(subject));
    }

    /** Last, as it is about good tokens only: all others are refused without anybody's help. */
    private Verdict unlessRevoked(Checks.Subject subject) {
        Header header = subject.header();
        Policy policy = subject.policy();
        try {
            Optional<Revocation.Kind> revoked = revocations.of(subject.claims(), subject.now());
            return revoked.isPresent()
                    ? rejected(Reason.REVOKED, policy, header, revoked.get().claim())
                    : new Verdict.Accepted(new VerifiedToken(
                            header,
                            subject.claims(),
                            subject.claims().string(Checks.nameClaim(subject)).orElseThrow()));
        } catch (IOException notKnown) {
            return new Verdict.Undecided(Reason.REVOCATIONS_OUT_OF_REACH, policy.issuer(), header, notKnown);
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
        return new Verdict.Rejected(reason, sole(), header, detail);
    }

    private Optional<String> sole() {
        return issuers.size() == 1 ? issuers.keySet().stream().findFirst() : Optional.empty();
    }
}
