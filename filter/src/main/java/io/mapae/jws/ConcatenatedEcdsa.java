package io.mapae.jws;

import java.math.BigInteger;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.BaseSignatureAlgorithm;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jose4j.lang.InvalidKeyException;
import org.jose4j.lang.JoseException;

/**
 * ECDSA over r and s side by side (RFC 7518 §3.4), as the JDK's own provider takes them. Any other gets the DER that
 * jose4j makes of them. Safe for use by several threads.
 */
final class ConcatenatedEcdsa extends BaseSignatureAlgorithm {
    private final EcdsaUsingShaAlgorithm der;
    private final BigInteger order;

    ConcatenatedEcdsa(EcdsaUsingShaAlgorithm der, int bits) {
        super(der.getAlgorithmIdentifier(), der.getJavaAlgorithm() + "inP1363Format", der.getKeyType());
        this.der = der;
        this.order = EllipticCurve.order(bits);
    }

    @Override
    public boolean verifySignature(byte[] signature, Key key, byte[] input, ProviderContext context)
            throws JoseException {
        return context.getSuppliedKeyProviderContext().getSignatureProvider() == null
                ? der.verifySignature(signature, key, input, context)
                : EllipticCurve.isInRange(signature, order) && super.verifySignature(signature, key, input, context);
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
