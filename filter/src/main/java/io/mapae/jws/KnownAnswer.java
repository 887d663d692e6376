package io.mapae.jws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/** A public key and a signature of it that is good: made once, and never again, as the private key is gone. */
final class KnownAnswer {
    private static final String RESOURCE = "known-answers.properties";

    /** About as long as what a token's signature is over. */
    private static final byte[] INPUT = "Mapae\n".repeat(100).getBytes(StandardCharsets.US_ASCII);

    private final PublicKey key;
    private final byte[] signature;

    KnownAnswer(PublicKey key, byte[] signature) {
        this.key = key;
        this.signature = signature;
    }

    PublicKey key() {
        return key;
    }

    /** To be altered by nobody. */
    byte[] signature() {
        return signature;
    }

    /** The same. */
    byte[] input() {
        return INPUT;
    }

    /** One for each of these algorithms, which must have public keys, but for those whose keys nobody in this JVM can read. */
    static Map<Algorithm, KnownAnswer> of(Set<Algorithm> algorithms) {
        try (InputStream in = KnownAnswer.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException(RESOURCE + " is not beside its class: something took it out of the jar");
            }
            Properties lines = new Properties();
            lines.load(in);
            Map<Algorithm, KnownAnswer> answers = new EnumMap<>(Algorithm.class);
            for (Algorithm algorithm : algorithms) {
                of(algorithm, lines.getProperty(algorithm.name(), ""))
                        .ifPresent(answer -> answers.put(algorithm, answer));
            }
            return answers;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Optional<KnownAnswer> of(Algorithm algorithm, String line) {
        String[] keyAndSignature = line.split(" ", 2);
        Base64.Decoder base64 = Base64.getDecoder();
        try {
            return Optional.of(new KnownAnswer(
                    JdkKeys.factory(algorithm.keyType())
                            .generatePublic(new X509EncodedKeySpec(base64.decode(keyAndSignature[0]))),
                    base64.decode(keyAndSignature[1])));
        } catch (GeneralSecurityException noSuchKeys) {
            return Optional.empty(); // as where SunEC was taken out
        }
    }
}
