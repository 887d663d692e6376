package io.mapae.service.key;

import io.mapae.jws.Algorithm;
import io.mapae.jws.SignedToken;
import io.mapae.jws.TokenReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The one key of a PKCS#12 file, as if it had been stored and had always signed. */
record KeyFile(StoredKey stored, SigningKey ready, SigningAlgorithm algorithm) {
    private static final byte[] PROBE = "{}".getBytes(StandardCharsets.US_ASCII);

    static KeyFile read(Path file, char[] password) throws IOException, InvalidKeyException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore entries = KeyStore.getInstance("PKCS12");
            entries.load(in, password);
            return only(entries, password);
        } catch (InvalidKeyException known) {
            throw known;
        } catch (GeneralSecurityException unreadable) {
            throw new InvalidKeyException("no PKCS#12 file that this JDK can read", unreadable);
        } catch (IOException unreadable) {
            if (unreadable.getCause() instanceof UnrecoverableKeyException) {
                throw new InvalidKeyException("the password does not open the PKCS#12 file");
            }
            throw unreadable;
        }
    }

    private static KeyFile only(KeyStore entries, char[] password) throws GeneralSecurityException {
        List<String> keys = Collections.list(entries.aliases()).stream()
                .filter(alias -> isPair(entries, alias))
                .toList();
        if (keys.size() != 1) {
            throw new InvalidKeyException(
                    "expected one private key with its certificate in the PKCS#12 file, found " + keys.size());
        }
        Certificate certificate = entries.getCertificate(keys.get(0));
        return of(certificate.getPublicKey(), (PrivateKey) entries.getKey(keys.get(0), password));
    }

    private static boolean isPair(KeyStore entries, String alias) {
        try {
            return entries.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the file was read", impossible);
        }
    }

    private static KeyFile of(PublicKey verifies, PrivateKey signs) throws GeneralSecurityException {
        Set<Algorithm> fitting = Algorithm.fitting(verifies);
        SigningAlgorithm algorithm = Arrays.stream(SigningAlgorithm.values())
                .filter(candidate -> fitting.contains(candidate.verified()))
                .findFirst()
                .orElseThrow(() -> new InvalidKeyException(
                        "expected a key of RSA with at least 2048 bits, P-256 or Ed25519 in the PKCS#12 file"));
        KeyMaterial material =
                new KeyMaterial(KeyMaterial.id(verifies), algorithm.decode(signs.getEncoded()), verifies);
        SigningKey ready = new SigningKey(algorithm, material);
        demandPair(ready);
        StoredKey stored =
                new StoredKey(0, material.id(), algorithm.toString(), Instant.EPOCH, material.publicJwk(algorithm), "");
        return new KeyFile(stored, ready, algorithm);
    }

    /** Whoever makes the file puts the two together, and tokens that nobody can verify would be found out late. */
    private static void demandPair(SigningKey key) throws InvalidKeyException {
        boolean fits = new TokenReader()
                .read(key.sign(PROBE))
                .fold((SignedToken token) -> token.isSignedBy(key.verification()), (flaw, member) -> false);
        if (!fits) {
            throw new InvalidKeyException("the certificate in the PKCS#12 file is of another key");
        }
    }
}
