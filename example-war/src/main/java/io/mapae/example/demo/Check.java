package io.mapae.example.demo;

import io.mapae.verify.Reason;
import java.util.Optional;

/** What the server asks of a token, in its order: what comes after the first failure is not asked any more. */
enum Check {
    TEXT("Text", "one token in three parts of base64url, not too long (RFC 6750 §2.1, RFC 7515 §7.1)"),
    HEADER("Header", "a JSON object in which nothing is there twice, without crit, b64, zip and cty"),
    ALGORITHM("Algorithm", "alg is one of those that the settings allow, and never none (RFC 8725 §3.1)"),
    TYPE("Type", "typ is that of an access token (RFC 9068 §4)"),
    KEY("Key", "the issuer has published a key for this kid and alg"),
    SIGNATURE("Signature", "made by that key, over the bytes as they came (RFC 7515 §5.2)"),
    CLAIMS("Claims", "all that must be there is, and of the right type (RFC 7519 §4.1)"),
    ISSUER("Issuer", "iss is who the settings trust, letter by letter (RFC 7519 §4.1.1)"),
    AUDIENCE("Audience", "aud names this application (RFC 7519 §4.1.3)"),
    EXPIRY("Expiry", "exp is in the future (RFC 7519 §4.1.4)"),
    NOT_BEFORE("Not before", "nbf is not in the future (RFC 7519 §4.1.5)"),
    ISSUED_AT("Issued at", "iat is not in the future (RFC 7519 §4.1.6)"),
    AGE("Age", "not older, and not good for longer, than the settings allow"),
    USE("Use", "no ID token, refresh token or logout token (RFC 9068 §5)"),
    PROOF("Proof", "not bound to a key that the request does not prove to have (RFC 9449 §7.2)"),
    NAME("Name", "the claim that names the caller has a name that can be shown"),
    REVOCATION("Revocation", "neither the token, nor its session, nor its owner's tokens were revoked");

    private final String title;
    private final String meaning;

    Check(String title, String meaning) {
        this.title = title;
        this.meaning = meaning;
    }

    String title() {
        return title;
    }

    /** What is so when it passes. */
    String meaning() {
        return meaning;
    }

    /** Which one fails for that reason; empty where it is none of the token's. */
    static Optional<Check> of(Reason reason) {
        return Optional.ofNullable(
                switch (reason) { // no default: a new reason must be placed
                    case NO_TOKEN, SEVERAL_CREDENTIALS, BAD_CREDENTIALS, TOKEN_TOO_LONG, NOT_COMPACT, NOT_BASE64URL ->
                        TEXT;
                    case NOT_JSON, BAD_HEADER, UNSUPPORTED_HEADER -> HEADER;
                    case ALGORITHM_NOT_ALLOWED -> ALGORITHM;
                    case TYPE_NOT_ALLOWED -> TYPE;
                    case NO_MATCHING_KEY, KEYS_OUT_OF_REACH -> KEY;
                    case BAD_SIGNATURE -> SIGNATURE;
                    case CLAIM_MISSING, CLAIM_ILL_TYPED -> CLAIMS;
                    case WRONG_ISSUER -> ISSUER;
                    case WRONG_AUDIENCE -> AUDIENCE;
                    case EXPIRED -> EXPIRY;
                    case NOT_YET_VALID -> NOT_BEFORE;
                    case ISSUED_IN_FUTURE -> ISSUED_AT;
                    case TOO_OLD, LIVES_TOO_LONG -> AGE;
                    case NOT_AN_ACCESS_TOKEN -> USE;
                    case PROOF_REQUIRED -> PROOF;
                    case BAD_NAME -> NAME;
                    case REVOKED, REVOCATIONS_OUT_OF_REACH -> REVOCATION;
                    case DENIED,
                            ROLE_MISSING,
                            SCOPE_MISSING,
                            UNKNOWN_TO_CONTAINER,
                            CLAIM_OF_OTHER_TYPE,
                            AMBIGUOUS_PATH,
                            CROSS_SITE,
                            FOREIGN_ORIGIN,
                            TOKEN_ID_MISSING,
                            TOKEN_USED,
                            BAD_TICKET,
                            TICKET_UNKNOWN,
                            TICKET_EXPIRED,
                            TICKET_USED,
                            TICKET_OF_OTHER_PATH,
                            STORE_OUT_OF_REACH -> null;
                });
    }
}
