package io.mapae.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom to trust, from a file. */
public final class TrustStore {
    private TrustStore() {}

    /**
     * Trusts whom {@code file} holds: certificates in PEM, or a PKCS#12 or JKS store; {@code file:} may stand before it.
     *
     * @param password of such a store
     * @throws GeneralSecurityException if it holds no certificate, which is also what a wrong password looks like
     */
    public static SSLContext read(String file, Optional<String> password) throws IOException, GeneralSecurityException {
        Path path = KeyLocation.isReference(file) ? KeyLocation.path(file) : Path.of(file);
        byte[] content = Files.readAllBytes(path);
        OptionalInt pem = Pem.start(new String(content, StandardCharsets.ISO_8859_1)); // a character a byte
        KeyStore store = pem.isPresent()
                ? certificates(new ByteArrayInputStream(content, pem.getAsInt(), content.length))
                : KeyStore.getInstance(
                        path.toFile(), password.map(String::toCharArray).orElse(null));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        if (Arrays.stream(trust.getTrustManagers()).noneMatch(TrustStore::trustsSomebody)) {
            throw new KeyStoreException("no certificate");
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Not so for a store of secret keys alone, nor for an empty one; else the first handshake would find that out. */
    private static boolean trustsSomebody(TrustManager manager) {
        return manager instanceof X509TrustManager trust && trust.getAcceptedIssuers().length > 0;
    }

    private static KeyStore certificates(InputStream pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
            store.setCertificateEntry("certificate-" + store.size(), certificate);
        }
        return store;
    }
}
