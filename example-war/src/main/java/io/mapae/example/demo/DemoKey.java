package io.mapae.example.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mapae.testkit.TestKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The key that the demonstration's tokens are signed with, in a PKCS#12 file: made at the first start, the same at every
 * later one. The token service signs with it, and the demonstration tokens that no service would issue.
 */
final class DemoKey {
    /** It keeps nobody out who may read the file: that is its owner's only. */
    static final String PASSWORD = "mapae-demo";

    private static final String ALIAS = "demo";

    private DemoKey() {}

    /** The key in {@code file}, which is made if it is not there. */
    static TestKey in(Path file) throws IOException {
        if (!Files.exists(file)) {
            make(file);
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD.toCharArray());
            }
            PrivateKey secret = (PrivateKey) store.getKey(ALIAS, PASSWORD.toCharArray());
            KeyPair pair = new KeyPair(store.getCertificate(ALIAS).getPublicKey(), secret);
            return TestKey.of(pair, keyId(pair));
        } catch (GeneralSecurityException | JoseException | IOException | RuntimeException unreadable) {
            throw new IOException(file + " cannot be read; delete it, and a new one is made", unreadable);
        }
    }

    /** As the token service names it, by RFC 7638. */
    private static String keyId(KeyPair pair) throws JoseException {
        return PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic()).calculateBase64urlEncodedThumbprint("SHA-256");
    }

    private static void make(Path file) throws IOException {
        TestKey key = TestKey.generate("RSA", ALIAS);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Certificate certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(key.certificatePem().getBytes(US_ASCII)));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key.privateKey(), PASSWORD.toCharArray(), new Certificate[] {certificate});
            store.store(bytes, PASSWORD.toCharArray());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        OwnFile.write(file, bytes.toByteArray());
    }
}
