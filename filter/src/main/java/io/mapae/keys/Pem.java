package io.mapae.keys;

import io.mapae.jws.JdkKeys;
import io.mapae.jws.VerificationKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PEM blocks (RFC 7468): {@code PUBLIC KEY}, {@code RSA PUBLIC KEY} (PKCS#1) and {@code CERTIFICATE}, of which the key
 * is taken and nothing checked. Line breaks may be missing or written {@code \n}, as environment variables need it.
 * Text around the blocks, such as OpenSSL writes, is not looked at (§2), unless it shows a private key.
 */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private static final Pattern BOUNDARY = Pattern.compile("(^|[\\r\\n]|\\\\n)?-----(BEGIN|END) ");

    private static final Pattern JSON_OR_HTML = Pattern.compile("\\s*[{\\[<]");

    /** What {@code openssl ec -pubout -text} writes before the public key. */
    private static final String SHOWN_PRIVATE_KEY = "Private-Key:";

    /** The DER of {@code AlgorithmIdentifier} for rsaEncryption (RFC 3279 §2.3.1). */
    private static final byte[] RSA_ENCRYPTION = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private static final String ED25519 = "EdDSA";
    private static final List<String> KEY_TYPES = List.of("RSA", "EC", ED25519);

    private Pem() {}

    static boolean isPem(String text) {
        return start(text).isPresent();
    }

    /** Where the first block begins: on a line of its own, and no other boundary before it, or it is no PEM. */
    static OptionalInt start(String text) {
        Matcher first = BOUNDARY.matcher(text);
        return !JSON_OR_HTML.matcher(text).lookingAt()
                        && first.find()
                        && first.start(1) >= 0
                        && "BEGIN".equals(first.group(2))
                ? OptionalInt.of(first.end(1))
                : OptionalInt.empty();
    }

    /** The keys of all blocks, without ids. */
    static List<VerificationKey> read(String text) throws InvalidKeyException {
        List<VerificationKey> keys = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            PublicKey key = key(block.group(1), der(block.group(2)));
            keys.add(new VerificationKey(Optional.empty(), Admission.algorithms(key), key));
        }
        if (keys.size() != count("-----BEGIN ", text) || keys.size() != count("-----END ", text)) {
            throw new InvalidKeyException("a PEM block that is cut off or mislabelled");
        }
        if (text.contains(SHOWN_PRIVATE_KEY)) {
            throw new InvalidKeyException(Admission.PRIVATE_KEY);
        }
        return keys;
    }

    private static int count(String boundary, String text) {
        return text.split(boundary, -1).length - 1;
    }

    private static byte[] der(String body) throws InvalidKeyException {
        try {
            return Base64.getDecoder().decode(body.replace("\\n", "").replaceAll("\\s", ""));
        } catch (IllegalArgumentException notBase64) {
            throw new InvalidKeyException("a PEM block that is not base64");
        }
    }

    private static PublicKey key(String label, byte[] der) throws InvalidKeyException {
        return switch (label) {
            case "PUBLIC KEY" -> publicKey(der);
            case "RSA PUBLIC KEY" -> publicKey(subjectPublicKeyInfo(der));
            case "CERTIFICATE" -> certified(der);
            default ->
                throw new InvalidKeyException(
                        label.endsWith("PRIVATE KEY")
                                ? Admission.PRIVATE_KEY
                                : "a PEM block that is no public key: " + label);
        };
    }

    /** Each factory reads keys of its own type and refuses every other. */
    private static PublicKey publicKey(byte[] der) throws InvalidKeyException {
        return KEY_TYPES.stream()
                .flatMap(type -> publicKey(type, der).stream())
                .findFirst()
                .orElseThrow(
                        () -> new InvalidKeyException("a PEM public key that is malformed or none of " + KEY_TYPES));
    }

    private static Optional<PublicKey> publicKey(String type, byte[] der) {
        try {
            return Optional.of(JdkKeys.factory(type).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException anotherType) {
            return Optional.empty();
        }
    }

    private static PublicKey certified(byte[] der) throws InvalidKeyException {
        try {
            PublicKey key = CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
            return publicKey(ED25519, key.getEncoded()).orElse(key);
        } catch (CertificateException malformed) {
            throw new InvalidKeyException("a malformed certificate");
        }
    }

    /** RFC 5280 §4.1.2.7 around an RSAPublicKey of RFC 8017 §A.1.1. */
    private static byte[] subjectPublicKeyInfo(byte[] rsaPublicKey) {
        return der(0x30, RSA_ENCRYPTION, der(0x03, new byte[] {0}, rsaPublicKey));
    }

    /** DER wants the shortest form of a length (X.690 §10.1). */
    private static byte[] der(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        if (length > 0x7F) {
            byte[] bytes = BigInteger.valueOf(length).toByteArray();
            int zero = bytes[0] == 0 ? 1 : 0;
            der.write(0x80 | (bytes.length - zero));
            der.write(bytes, zero, bytes.length - zero);
        } else {
            der.write(length);
        }
        Arrays.stream(parts).forEach(der::writeBytes);
        return der.toByteArray();
    }
}
