package io.mapae.jws;

/** Why a text is not a signed token that could be judged at all. */
public enum Flaw {
    /** Not exactly three non-empty parts between two dots (RFC 7515 §7.1): an encrypted token has five. */
    NOT_COMPACT,
    /** A part is not the one canonical base64url text of its bytes (RFC 7515 §2). */
    NOT_BASE64URL,
    /** Header or payload is not a strict UTF-8 JSON object within the limits of {@link Json}. */
    NOT_JSON,
    /** {@code alg} is missing, one of {@code alg}, {@code kid} and {@code typ} is no string, or {@code kid} is too long. */
    BAD_HEADER,
    /** The header asks for something that is not done here: {@code crit}, {@code b64}, {@code zip}, {@code cty}. */
    UNSUPPORTED_HEADER,
    /** {@code alg} names no {@link Algorithm}. */
    UNKNOWN_ALGORITHM,
    /** A registered claim is of another type or out of range (RFC 7519 §4.1). */
    ILL_TYPED_CLAIM
}
