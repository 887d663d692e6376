package io.mapae.verify;

import io.mapae.jws.Flaw;

/**
 * Why a request was refused: the one vocabulary of the log, the response and whatever counts refusals. Closed: a new
 * reason must be placed wherever one is switched over.
 */
public enum Reason {
    /** The request brings no token where one is needed. */
    NO_TOKEN,
    /** Two {@code Authorization} headers, two token cookies, or several credentials joined by commas. */
    SEVERAL_CREDENTIALS,
    /** The {@code Bearer} scheme without a token of RFC 6750 §2.1's syntax. */
    BAD_CREDENTIALS,

    /** The token is longer than {@code max-token-length}. */
    TOKEN_TOO_LONG,
    /** See {@link Flaw#NOT_COMPACT}. */
    NOT_COMPACT,
    /** See {@link Flaw#NOT_BASE64URL}. */
    NOT_BASE64URL,
    /** See {@link Flaw#NOT_JSON}. */
    NOT_JSON,
    /** See {@link Flaw#BAD_HEADER}. */
    BAD_HEADER,
    /** See {@link Flaw#UNSUPPORTED_HEADER}. */
    UNSUPPORTED_HEADER,
    /** {@code alg} is unknown, {@code none}, or not among {@code algorithms} (RFC 8725 §3.1). */
    ALGORITHM_NOT_ALLOWED,
    /** {@code typ} is not among {@code token-types} (RFC 8725 §3.11, RFC 9068 §4). */
    TYPE_NOT_ALLOWED,
    /** No key of the issuer fits {@code kid} and {@code alg}. */
    NO_MATCHING_KEY,
    /** The signature is by none of the fitting keys, or the token was altered. */
    BAD_SIGNATURE,

    /** A claim that must be there is missing. */
    CLAIM_MISSING,
    /** A claim is of another type than RFC 7519 §4.1 gives it, or out of range. */
    CLAIM_ILL_TYPED,
    /** {@code iss} is another one (RFC 7519 §4.1.1). */
    WRONG_ISSUER,
    /** None of the accepted audiences is in {@code aud} (RFC 7519 §4.1.3). */
    WRONG_AUDIENCE,
    /** {@code exp} has passed (RFC 7519 §4.1.4). */
    EXPIRED,
    /** {@code nbf} has not come (RFC 7519 §4.1.5). */
    NOT_YET_VALID,
    /** {@code iat} has not come. */
    ISSUED_IN_FUTURE,
    /** More than {@code max-token-age} has passed since {@code iat}. */
    TOO_OLD,
    /** From {@code iat} to {@code exp} it is more than {@code max-token-lifetime}. */
    LIVES_TOO_LONG,
    /** An ID token, a refresh token or another one that was not made to open a resource (RFC 9068 §5). */
    NOT_AN_ACCESS_TOKEN,
    /** The token is bound to a key by {@code cnf}: whoever merely bears it is not meant (RFC 9449 §7.2, RFC 8705 §3). */
    PROOF_REQUIRED,
    /** The claim that names the caller is blank, or holds what a name cannot hold. */
    BAD_NAME,
    /** The token was revoked, by its {@code jti}, {@code sid} or {@code sub}. */
    REVOKED,

    /** A rule denies the path to everyone. */
    DENIED,
    /** The caller has none of the roles that a rule asks for. */
    ROLE_MISSING,
    /** The caller lacks a scope that a rule asks for. */
    SCOPE_MISSING,
    /** The container demands a caller that it knows, and does not take ours. */
    UNKNOWN_TO_CONTAINER,
    /** The application asked the caller for a claim as another type than it has. */
    CLAIM_OF_OTHER_TYPE,
    /** The request URI could be read in two ways. */
    AMBIGUOUS_PATH,
    /** A cookie's token came with a request that another site may have caused. */
    CROSS_SITE,
    /** A preflight from an origin that is not among {@code cors.origins}. */
    FOREIGN_ORIGIN,

    /** A rule takes each token once, and this one has no {@code jti} to know it by. */
    TOKEN_ID_MISSING,
    /** A rule takes each token once, and this one was used before. */
    TOKEN_USED,
    /** Several {@code ticket} parameters, or one that has no ticket's syntax. */
    BAD_TICKET,
    /** No such ticket was issued, or it ended more than a minute ago. */
    TICKET_UNKNOWN,
    /** The ticket has ended. */
    TICKET_EXPIRED,
    /** The ticket was used before. */
    TICKET_USED,
    /** The ticket is for another path. */
    TICKET_OF_OTHER_PATH,

    /** The store of what was used is out of reach, so that nothing can be used now. */
    STORE_OUT_OF_REACH,
    /** The keys are out of reach, so the token could not be judged. */
    KEYS_OUT_OF_REACH,
    /** The token is good, but what was revoked is not known. */
    REVOCATIONS_OUT_OF_REACH;

    static Reason of(Flaw flaw) {
        return switch (flaw) {
            case NOT_COMPACT -> NOT_COMPACT;
            case NOT_BASE64URL -> NOT_BASE64URL;
            case NOT_JSON -> NOT_JSON;
            case BAD_HEADER -> BAD_HEADER;
            case UNSUPPORTED_HEADER -> UNSUPPORTED_HEADER;
            case UNKNOWN_ALGORITHM -> ALGORITHM_NOT_ALLOWED;
            case ILL_TYPED_CLAIM -> CLAIM_ILL_TYPED;
        };
    }
}
