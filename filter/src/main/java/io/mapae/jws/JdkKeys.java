package io.mapae.jws;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import java.util.Set;

/**
 * Makes keys that the JDK takes, whatever is registered before it. It knows RSA and EC keys by their interfaces, whoever made
 * them; but keys of Ed25519 must be of its own type, as all other providers know, and Conscrypt's are not. Where its provider of these
 * was taken out, as in FIPS modes, the JVM's order counts.
 */
public final class JdkKeys {
    private static final String SUN_EC = "SunEC";
    private static final Set<String> ED25519 = Set.of("Ed25519", "EdDSA");

    private JdkKeys() {}

    /** For keys of {@code type}, as {@link KeyFactory} knows it. */
    public static KeyFactory factory(String type) throws GeneralSecurityException {
        Optional<String> own = provider(type);
        return own.isPresent() ? KeyFactory.getInstance(type, own.get()) : KeyFactory.getInstance(type);
    }

    /** For new keys of {@code type}, as {@link KeyPairGenerator} knows it. */
    public static KeyPairGenerator generator(String type) throws GeneralSecurityException {
        Optional<String> own = provider(type);
        return own.isPresent() ? KeyPairGenerator.getInstance(type, own.get()) : KeyPairGenerator.getInstance(type);
    }

    /** The name of the provider that keys of {@code type} must be made by; empty where any may. */
    public static Optional<String> provider(String type) {
        Provider own = Security.getProvider(SUN_EC);
        return ED25519.contains(type) && own != null && own.getService("KeyFactory", type) != null
                ? Optional.of(SUN_EC)
                : Optional.empty();
    }
}
