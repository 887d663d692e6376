package io.mapae.verify;

import io.mapae.jws.Claims;
import io.mapae.jws.Header;
import io.mapae.jws.SignedToken;
import io.mapae.jws.TokenReader;
import io.mapae.jws.VerificationKey;
import io.mapae.keys.KeySource;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Verifies the tokens of one issuer: the text, then the signature (RFC 7515 §5.2), then the claims (RFC 7519 §7.2), so
 * that a forged token costs one signature check and its payload is never parsed. Safe for use by several threads.
 */
public final class TokenVerifier {
    private final Policy policy;
    private final KeySource keys;
    private final InstantSource clock;
    private final TokenReader reader = new TokenReader();

    /** A verifier of tokens that satisfy {@code policy}, signed with {@code keys}, at the times that {@code clock} says. */
    public TokenVerifier(Policy policy, KeySource keys, InstantSource clock) {
        this.policy = policy;
        this.keys = keys;
        this.clock = clock;
    }

    /** Whose tokens are verified. */
    public String issuer() {
        return policy.issuer();
    }

    /** What is to be said of {@code text}, whatever it may be; throws nothing. */
    public Verdict verify(String text) {
        if (text.length() > policy.maxLength()) {
            return new Verdict.Rejected(Reason.TOKEN_TOO_LONG, Optional.empty(), text.length() + " characters");
        }
        return reader.read(text)
                .fold(this::judge, (flaw, member) -> new Verdict.Rejected(Reason.of(flaw), Optional.empty(), member));
    }

    private Verdict judge(SignedToken token) {
        Header header = token.header();
        if (!policy.algorithms().contains(header.algorithm())) {
            return rejected(Reason.ALGORITHM_NOT_ALLOWED, header, "alg");
        }
        if (!policy.types().admit(header.type())) {
            return rejected(Reason.TYPE_NOT_ALLOWED, header, "typ");
        }
        try {
            return judge(token, keys.candidates(header));
        } catch (IOException keysOutOfReach) {
            return new Verdict.Undecided(keysOutOfReach);
        }
    }

    private Verdict judge(SignedToken token, List<VerificationKey> candidates) {
        if (candidates.isEmpty()) {
            return rejected(Reason.NO_MATCHING_KEY, token.header(), "");
        }
        if (candidates.stream().noneMatch(token::isSignedBy)) {
            return rejected(Reason.BAD_SIGNATURE, token.header(), "");
        }
        reader.remember(token);
        return token.claims()
                .fold(
                        claims -> judge(token.header(), claims),
                        (flaw, member) -> rejected(Reason.of(flaw), token.header(), member));
    }

    private Verdict judge(Header header, Claims claims) {
        Checks.Subject subject = new Checks.Subject(header, claims, policy, clock.instant());
        return Checks.firstViolation(subject)
                .<Verdict>map(violation -> rejected(violation.reason(), header, violation.detail()))
                .orElseGet(() -> new Verdict.Accepted(new VerifiedToken(
                        header, claims, claims.string(Checks.nameClaim(subject)).orElseThrow())));
    }

    private static Verdict rejected(Reason reason, Header header, String detail) {
        return new Verdict.Rejected(reason, Optional.of(header), detail);
    }
}
