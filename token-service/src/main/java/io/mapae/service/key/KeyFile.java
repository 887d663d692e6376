package io.mapae.service.key;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Engines;
import io.mapae.jws.SignedToken;
import io.mapae.jws.TokenReader;
import io.mapae.service.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.PublicKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of a PKCS#12 file, as if each had been stored when its certificate begins to be valid: nodes that have the same
 * file come to the same answer.
 */
final class KeyFile implements KeyOrigin {
    private static final Logger LOG = System.getLogger("io.mapae.service");
    private static final String UNFIT =
            "expected keys of RSA with at least 2048 bits, P-256 or Ed25519 in the PKCS#12 file";
    private static final byte[] PROBE = "{}".getBytes(StandardCharsets.US_ASCII);

    private final Path file;
    private final char[] password;
    private final SigningAlgorithm algorithm;
    private final Duration lead;
    private final Engines engines;
    private byte[] content = {};

    KeyFile(Path file, char[] password, SigningAlgorithm algorithm, Duration lead, Engines engines) {
        this.file = file;
        this.password = password.clone();
        this.algorithm = algorithm;
        this.lead = lead;
        this.engines = engines;
    }

    @Override
    public Keyring renew(Keyring known) throws StoreException, InvalidKeyException {
        return Arrays.equals(content(), content) ? known : read();
    }

    /** Nothing is added to the file here. */
    @Override
    public Optional<Keyring> rotate(Keyring known) {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> successor(StoredKey newest) {
        return Optional.empty();
    }

    Keyring read() throws StoreException, InvalidKeyException {
        byte[] read = content();
        Map<StoredKey, SigningKey> keys = keys(entries(read));
        keys.keySet()
                .forEach(key -> LOG.log(
                        Level.INFO,
                        "Signing key {0} ({1}) is in {2} and signs from {3}",
                        key.id(),
                        key.algorithm(),
                        file,
                        key.signsFrom()));
        content = read;
        return new Keyring(keys, keys.keySet(), Instant.MAX);
    }

    private byte[] content() throws StoreException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new StoreException("the PKCS#12 file cannot be read", unreadable);
        }
    }

    private List<PrivateKeyEntry> entries(byte[] content) throws InvalidKeyException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password);
            List<String> aliases = Collections.list(store.aliases());
            Collections.sort(aliases); // of two that begin at once the same comes first everywhere
            List<PrivateKeyEntry> entries = new ArrayList<>();
            for (String alias : aliases) {
                if (store.entryInstanceOf(alias, PrivateKeyEntry.class)) {
                    entries.add((PrivateKeyEntry) store.getEntry(alias, new PasswordProtection(password)));
                }
            }
            entries.sort(Comparator.comparing(KeyFile::begin));
            return entries;
        } catch (GeneralSecurityException | IOException | RuntimeException unreadable) { // the last for odd bytes
            boolean locked = unreadable instanceof UnrecoverableKeyException
                    || unreadable.getCause() instanceof UnrecoverableKeyException;
            throw new InvalidKeyException(
                    locked ? "the password does not open the PKCS#12 file" : "no PKCS#12 file that this JDK can read");
        }
    }

    /** By when they begin; the algorithm is that of the last, as others may be of one that is on its way out. */
    private Map<StoredKey, SigningKey> keys(List<PrivateKeyEntry> entries) throws InvalidKeyException {
        Map<StoredKey, SigningKey> keys = new LinkedHashMap<>();
        SigningAlgorithm last = algorithm;
        for (PrivateKeyEntry entry : entries) {
            last = algorithm(entry);
            KeyMaterial material = material(last, entry);
            SigningKey ready = new SigningKey(last, material, engines);
            demandPair(ready);
            Instant from = begin(entry).plus(lead);
            String jwk = material.publicJwk(last);
            keys.put(new StoredKey(keys.size(), material.id(), last.toString(), from, jwk, ""), ready);
        }
        if (keys.isEmpty()) {
            throw new InvalidKeyException("no private key with its certificate is in the PKCS#12 file");
        }
        if (last != algorithm) {
            throw new InvalidKeyException(
                    "the key with the latest certificate in the PKCS#12 file is for " + last + ", not " + algorithm);
        }
        return keys;
    }

    private static Instant begin(PrivateKeyEntry entry) {
        return ((X509Certificate) entry.getCertificate()).getNotBefore().toInstant();
    }

    private static SigningAlgorithm algorithm(PrivateKeyEntry entry) throws InvalidKeyException {
        Set<Algorithm> fitting = Algorithm.fitting(entry.getCertificate().getPublicKey());
        return Arrays.stream(SigningAlgorithm.values())
                .filter(candidate -> fitting.contains(candidate.verified()))
                .findFirst()
                .orElseThrow(() -> new InvalidKeyException(UNFIT));
    }

    private static KeyMaterial material(SigningAlgorithm algorithm, PrivateKeyEntry entry) throws InvalidKeyException {
        try {
            PublicKey verifies = entry.getCertificate().getPublicKey();
            Key signs = algorithm.decode(entry.getPrivateKey().getEncoded());
            return new KeyMaterial(KeyMaterial.id(verifies), signs, verifies);
        } catch (GeneralSecurityException unfit) { // RSA for PSS alone
            throw new InvalidKeyException(UNFIT);
        }
    }

    /** Whoever makes the file puts the two together, and tokens that nobody can verify would be found out late. */
    private static void demandPair(SigningKey key) throws InvalidKeyException {
        boolean fits = new TokenReader()
                .read(key.sign(PROBE))
                .fold((SignedToken token) -> token.isSignedBy(key.verification()), (flaw, member) -> false);
        if (!fits) {
            throw new InvalidKeyException("a certificate in the PKCS#12 file is of another key");
        }
    }
}
