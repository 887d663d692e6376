package io.mapae.jws;

import java.math.BigInteger;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.BaseSignatureAlgorithm;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.InvalidKeyException;
import org.jose4j.lang.JoseException;

/**
 * ECDSA with r and s side by side (RFC 7518 §3.4), as a provider that is named takes them; whoever else there is gets the DER
 * that jose4j makes of them. The signature must have the right length. Safe for use by several threads.
 */
final class ConcatenatedEcdsa extends BaseSignatureAlgorithm {
    private final EcdsaUsingShaAlgorithm der;
    private final BigInteger order;

    ConcatenatedEcdsa(EcdsaUsingShaAlgorithm der) {
        super(der.getAlgorithmIdentifier(), der.getJavaAlgorithm() + "inP1363Format", der.getKeyType());
        this.der = der;
        this.order = EllipticCurves.getSpec(der.getCurveName()).getOrder();
    }

    @Override
    public boolean verifySignature(byte[] signature, Key key, byte[] input, ProviderContext context)
            throws JoseException {
        return EllipticCurve.isInRange(signature, order)
                && (isNamed(context)
                        ? super.verifySignature(signature, key, input, context)
                        : der.verifySignature(signature, key, input, context));
    }

    /** Without a name, anybody in the JVM's order may come, who may know DER alone. */
    private static boolean isNamed(ProviderContext context) {
        return context.getSuppliedKeyProviderContext().getSignatureProvider() != null;
    }

    @Override
    public void validatePrivateKey(PrivateKey key) throws InvalidKeyException {
        der.validatePrivateKey(key);
    }

    @Override
    public void validatePublicKey(PublicKey key) throws InvalidKeyException {
        der.validatePublicKey(key);
    }
}
