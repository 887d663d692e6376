package io.mapae.service.key;

import io.mapae.jws.Engines;
import io.mapae.jws.Signer;
import io.mapae.jws.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** A key that is ready to sign access tokens. Immutable; prints nothing of the key itself. */
final class SigningKey {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final SigningAlgorithm algorithm;
    private final Signer signer;
    private final VerificationKey verification;
    private final String header;

    /** @param engines who signs with it, where it is not the JDK */
    SigningKey(SigningAlgorithm algorithm, KeyMaterial material, Engines engines) {
        this.algorithm = algorithm;
        this.verification =
                new VerificationKey(Optional.of(material.id()), Set.of(algorithm.verified()), material.verifies());
        Signer jdk = input -> algorithm.sign(material.signs(), input);
        this.signer = material.signs() instanceof PrivateKey half
                ? engines.signer(algorithm.verified(), half, verification, jdk)
                : jdk;
        // RFC 9068 §2.1. Neither an alg nor an id of ours has a character that JSON would escape.
        this.header = text(("{\"alg\":\"" + algorithm + "\",\"typ\":\"at+jwt\",\"kid\":\"" + material.id() + "\"}")
                .getBytes(StandardCharsets.US_ASCII));
    }

    /** What its signatures are checked with. */
    VerificationKey verification() {
        return verification;
    }

    /** The access token with these claims (RFC 7515 §7.1). */
    String sign(byte[] claims) {
        String input = header + '.' + text(claims);
        try {
            return input + '.' + text(signer.sign(input.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException unfit) {
            throw new IllegalStateException(this + " does not sign", unfit);
        }
    }

    private static String text(byte[] bytes) {
        return BASE64URL.encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "SigningKey[" + verification.id().orElseThrow() + ", " + algorithm + "]";
    }
}
