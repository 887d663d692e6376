package io.mapae.verify;

import io.mapae.jws.Claims;
import io.mapae.jws.Header;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is asked of the claims of a token whose signature is good, one rule a function (RFC 7519 §7.2, step 10). */
final class Checks {
    /** A rule was broken: which one, and what about. */
    record Violation(Reason reason, String detail) {}

    /** All that a rule may look at. */
    record Subject(Header header, Claims claims, Policy policy, Instant now) {}

    private interface Check {
        Optional<Violation> violation(Subject subject);
    }

    private static final List<Check> CHECKS = List.of(
            Checks::required,
            Checks::issuer,
            Checks::audience,
            Checks::expiry,
            Checks::notBefore,
            Checks::issuedAt,
            Checks::age,
            Checks::lifetime,
            Checks::use,
            Checks::demanded,
            Checks::confirmation,
            Checks::name);

    /** What Keycloak writes into the payload's {@code typ} of tokens that open no resource. */
    private static final Set<String> OTHER_USES = Set.of("id", "refresh", "offline", "logout");

    private Checks() {}

    /** The first rule that is broken. */
    static Optional<Violation> firstViolation(Subject subject) {
        for (Check check : CHECKS) {
            Optional<Violation> violation = check.violation(subject);
            if (violation.isPresent()) {
                return violation;
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> required(Subject subject) {
        for (String claim : subject.policy().requiredClaims()) {
            if (subject.claims().value(claim).isEmpty()) {
                return when(true, Reason.CLAIM_MISSING, claim);
            }
        }
        for (String claim : subject.policy().nameClaims()) {
            if (subject.claims().value(claim).isPresent()) {
                return Optional.empty();
            }
        }
        return when(
                true, Reason.CLAIM_MISSING, String.join(" or ", subject.policy().nameClaims()));
    }

    /** RFC 7519 §4.1.1: compared as it stands, with case and trailing slash. */
    private static Optional<Violation> issuer(Subject subject) {
        return when(
                !subject.claims()
                        .string("iss")
                        .equals(Optional.of(subject.policy().issuer())),
                Reason.WRONG_ISSUER,
                "iss");
    }

    /** RFC 7519 §4.1.3: one of ours must be among those that the token is meant for. */
    private static Optional<Violation> audience(Subject subject) {
        Policy.Audience audience = subject.policy().audience();
        List<String> meant = subject.claims().strings(audience.claim()).orElse(List.of());
        boolean ours = audience.accepted().isEmpty() || !Collections.disjoint(meant, audience.accepted());
        return when(!ours, Reason.WRONG_AUDIENCE, audience.claim());
    }

    /** RFC 7519 §4.1.4: "on or after" is expired, so the boundary instant is rejected. */
    private static Optional<Violation> expiry(Subject subject) {
        Instant exp = time(subject, "exp");
        return when(!subject.now().isBefore(Validity.end(exp, times(subject))), Reason.EXPIRED, "exp", exp, subject);
    }

    /** RFC 7519 §4.1.5: "before" is too early, so the boundary instant is accepted. */
    private static Optional<Violation> notBefore(Subject subject) {
        return subject.claims().time("nbf").flatMap(from -> isFuture(from, subject, Reason.NOT_YET_VALID, "nbf"));
    }

    /** RFC 7519 §4.1.6 gives no rule; a token from the future tells of a wrong clock, or of worse. */
    private static Optional<Violation> issuedAt(Subject subject) {
        return subject.claims().time("iat").flatMap(at -> isFuture(at, subject, Reason.ISSUED_IN_FUTURE, "iat"));
    }

    private static Optional<Violation> isFuture(Instant from, Subject subject, Reason reason, String claim) {
        return when(subject.now().isBefore(Validity.start(from, times(subject))), reason, claim, from, subject);
    }

    /** Like an {@code exp} at {@code iat} + {@code max-token-age}: the boundary instant is rejected. */
    private static Optional<Violation> age(Subject subject) {
        Optional<Duration> limit = times(subject).maxAge();
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        Instant issued = time(subject, "iat");
        Instant end = Validity.end(issued.plus(limit.get()), times(subject));
        return when(!subject.now().isBefore(end), Reason.TOO_OLD, "iat", issued, subject);
    }

    /** Exactly the limit is accepted. */
    private static Optional<Violation> lifetime(Subject subject) {
        Optional<Duration> limit = times(subject).maxLifetime();
        return limit.isEmpty()
                ? Optional.empty()
                : when(
                        time(subject, "exp").isAfter(time(subject, "iat").plus(limit.get())),
                        Reason.LIVES_TOO_LONG,
                        "exp");
    }

    /**
     * RFC 9068 §5: an ID token is not an access token. One that says {@code at+jwt} is believed; otherwise the claims of
     * OpenID Connect Core §3.3.2.11 give an ID token away, {@code nonce} only beside no scope, as older Keycloak puts it
     * into access tokens too. {@code events} makes a security event of it, such as a logout (RFC 8417 §2.2).
     */
    private static Optional<Violation> use(Subject subject) {
        Claims claims = subject.claims();
        if (claims.string("typ")
                .filter(typ -> OTHER_USES.contains(Policy.Types.canonical(typ)))
                .isPresent()) {
            return when(true, Reason.NOT_AN_ACCESS_TOKEN, "typ");
        }
        if (claims.has("events")) {
            return when(true, Reason.NOT_AN_ACCESS_TOKEN, "events");
        }
        boolean isIdToken = claims.has("at_hash")
                || claims.has("c_hash")
                || (claims.has("nonce") && !claims.has("scope") && !claims.has("scp"));
        return when(isIdToken && !isSaidToBeAccessToken(subject), Reason.NOT_AN_ACCESS_TOKEN, "an ID token");
    }

    private static boolean isSaidToBeAccessToken(Subject subject) {
        return subject.header().type().map(Policy.Types::canonical).equals(Optional.of("at+jwt"));
    }

    private static Optional<Violation> demanded(Subject subject) {
        for (Map.Entry<String, String> demand :
                subject.policy().demandedValues().entrySet()) {
            if (!subject.claims().string(demand.getKey()).equals(Optional.of(demand.getValue()))) {
                return when(true, Reason.NOT_AN_ACCESS_TOKEN, demand.getKey());
            }
        }
        return Optional.empty();
    }

    /** RFC 9449 §7.2, RFC 8705 §3: without its proof, a bound token is a stolen one. */
    private static Optional<Violation> confirmation(Subject subject) {
        return when(subject.claims().has("cnf"), Reason.PROOF_REQUIRED, "cnf");
    }

    /** A name ends up in logs, file names and other people's terminals. */
    private static Optional<Violation> name(Subject subject) {
        String claim = nameClaim(subject);
        boolean good = subject.claims().string(claim).filter(Checks::isName).isPresent();
        return when(!good, Reason.BAD_NAME, claim);
    }

    /** The claim that names the caller; there is one once {@link #required} is content. */
    static String nameClaim(Subject subject) {
        for (String claim : subject.policy().nameClaims()) {
            if (subject.claims().has(claim)) {
                return claim;
            }
        }
        throw new IllegalStateException("no claim names the caller");
    }

    private static boolean isName(String text) {
        boolean visible = false;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> {
                    return false;
                }
                case Character.SPACE_SEPARATOR, Character.FORMAT -> {}
                default -> visible = true;
            }
        }
        return visible;
    }

    private static Instant time(Subject subject, String claim) {
        return subject.claims().time(claim).orElseThrow();
    }

    private static Policy.Times times(Subject subject) {
        return subject.policy().times();
    }

    private static Optional<Violation> when(boolean broken, Reason reason, String detail) {
        return broken ? Optional.of(new Violation(reason, detail)) : Optional.empty();
    }

    /** The distance of a time tells a wrong clock from an old token, and is no claim's value. */
    private static Optional<Violation> when(
            boolean broken, Reason reason, String claim, Instant time, Subject subject) {
        if (!broken) {
            return Optional.empty();
        }
        long seconds = Duration.between(time, subject.now()).toSeconds();
        return when(true, reason, claim + (seconds < 0 ? ", in " + -seconds + " s" : ", " + seconds + " s ago"));
    }
}
