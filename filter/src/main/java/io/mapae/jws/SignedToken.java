package io.mapae.jws;

import java.util.Optional;

/**
 * A token that is well-formed up to its payload, whose signature nobody has checked yet. Immutable; prints nothing of
 * itself.
 */
public final class SignedToken {
    private final String text;
    private final ReadHeader header;
    private final byte[] signingInput;
    private final byte[] payload;
    private final byte[] signature;

    SignedToken(String text, ReadHeader header, byte[] signingInput, byte[] payload, byte[] signature) {
        this.text = text;
        this.header = header;
        this.signingInput = signingInput;
        this.payload = payload;
        this.signature = signature;
    }

    /** What it says of its signature. */
    public Header header() {
        return header.header();
    }

    ReadHeader readHeader() {
        return header;
    }

    String text() {
        return text;
    }

    byte[] signingInput() {
        return signingInput;
    }

    /** Whether the signature is this key's, over the bytes as they were received (RFC 7515 §5.2, step 8). */
    public boolean isSignedBy(VerificationKey key, Engines engines) {
        return key.fits(header()) && engines.verifies(header().algorithm(), signature, key, signingInput);
    }

    /** The same, by the JDK. */
    public boolean isSignedBy(VerificationKey key) {
        return isSignedBy(key, Engines.jdk());
    }

    /** Whom the payload names as its issuer: not to be believed, only to choose whose keys could prove it. */
    public Optional<String> unverifiedIssuer() {
        return Json.text(payload, "iss");
    }

    /** The payload's claims, parsed here and now: ask once, and only after the signature was found good. */
    public Reading<Claims> claims() {
        return Claims.read(payload);
    }

    @Override
    public String toString() {
        return "SignedToken[" + signingInput.length + " characters]";
    }
}
