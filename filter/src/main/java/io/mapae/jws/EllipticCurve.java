package io.mapae.jws;

import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Map;
import java.util.Objects;
import org.jose4j.keys.EllipticCurves;

/** The three curves of RFC 7518 §3.4, and whether a key is a point on one of them. */
final class EllipticCurve {
    private static final Map<Integer, ECParameterSpec> BY_BITS =
            Map.of(256, EllipticCurves.P256, 384, EllipticCurves.P384, 521, EllipticCurves.P521);

    private EllipticCurve() {}

    /** True for a point of the curve itself: a point of another one gives the attacker a choice (RFC 8725 §3.4). */
    static boolean isOn(ECPublicKey key, int bits) {
        ECParameterSpec curve = BY_BITS.get(bits);
        return curve != null
                && curve.getOrder().equals(key.getParams().getOrder())
                && curve.getCurve().equals(key.getParams().getCurve())
                && curve.getGenerator().equals(key.getParams().getGenerator())
                && isOn(key.getW(), curve);
    }

    /** y² = x³ + ax + b. */
    private static boolean isOn(ECPoint point, ECParameterSpec curve) {
        if (point.equals(ECPoint.POINT_INFINITY)) {
            return false;
        }
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger x = point.getAffineX();
        BigInteger y = point.getAffineY();
        BigInteger right = x.pow(2)
                .add(curve.getCurve().getA())
                .multiply(x)
                .add(curve.getCurve().getB());
        return isElement(x, p) && isElement(y, p) && y.pow(2).mod(p).equals(right.mod(p));
    }

    /** The order of the curve's group. */
    static BigInteger order(int bits) {
        return Objects.requireNonNull(BY_BITS.get(bits)).getOrder();
    }

    /** Whether r and s are from 1 to n - 1: a zero proves nothing, and some have taken it for a proof (CVE-2022-21449). */
    static boolean isInRange(byte[] signature, BigInteger n) {
        int half = signature.length / 2;
        BigInteger r = new BigInteger(1, signature, 0, half);
        BigInteger s = new BigInteger(1, signature, half, signature.length - half);
        return r.signum() > 0 && r.compareTo(n) < 0 && s.signum() > 0 && s.compareTo(n) < 0;
    }

    private static boolean isElement(BigInteger value, BigInteger p) {
        return value.signum() >= 0 && value.compareTo(p) < 0;
    }
}
