package io.mapae.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;

/** {@link BareCheck} by another provider, with its own key. */
final class ProviderCheck {
    /** What all providers know; it wants signatures in DER. */
    private static final String ECDSA = "SHA256withECDSA";

    private final Provider provider;
    private final String engine;
    private final PublicKey key;
    private final byte[] signature;
    private final byte[] input;

    ProviderCheck(Provider provider, PublicKey key, Scheme scheme, String token) {
        int dot = token.lastIndexOf('.');
        byte[] raw = Base64.getUrlDecoder().decode(token.substring(dot + 1));
        boolean der = provider.getService("Signature", scheme.engine()) == null && scheme == Scheme.ES256;
        this.provider = provider;
        this.engine = der ? ECDSA : scheme.engine();
        this.key = key;
        this.signature = der ? der(raw) : raw;
        this.input = token.substring(0, dot).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] der(byte[] raw) {
        try {
            return EcdsaUsingShaAlgorithm.convertConcatenatedToDer(raw);
        } catch (IOException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    boolean passes() throws GeneralSecurityException {
        Signature check = Signature.getInstance(engine, provider);
        check.initVerify(key);
        check.update(input);
        return check.verify(signature);
    }
}
