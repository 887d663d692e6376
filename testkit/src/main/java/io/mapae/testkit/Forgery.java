package io.mapae.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;

/** The tricks behind {@link Hostile}. */
final class Forgery {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** Members beyond this number, levels beyond 16, numbers beyond 32 characters are refused. */
    private static final int MEMBERS = 257;

    private Forgery() {}

    /** A fresh token of {@code base}: header, payload and signature. */
    static String[] parts(TokenBuilder base) {
        return base.text().split("\\.");
    }

    static String header(TokenBuilder base) {
        return decoded(parts(base)[0]);
    }

    static String payload(TokenBuilder base) {
        return decoded(parts(base)[1]);
    }

    static byte[] signature(TokenBuilder base) {
        return Base64Url.decode(parts(base)[2]);
    }

    /** The header and payload of one token with the signature of another. */
    static String mixed(TokenBuilder base, TokenBuilder signatureOf) {
        return base.signature(signature(signatureOf)).text();
    }

    /** A token whose signature is changed after the signing. */
    static String withSignature(TokenBuilder base, UnaryOperator<byte[]> change) {
        String[] parts = parts(base);
        return parts[0] + "." + parts[1] + "." + Base64Url.encode(change.apply(Base64Url.decode(parts[2])));
    }

    /** {@code base} with a valid MAC by a secret that everybody knows. */
    static String mac(TokenBuilder base, String algorithm, byte[] secret) {
        return base.algorithm(algorithm)
                .signedWith(TestKey.of(secret, "public"), algorithm)
                .text();
    }

    static String mac(TokenBuilder base, String algorithm, String secret) {
        return mac(base, algorithm, secret.getBytes(StandardCharsets.UTF_8));
    }

    /** A key of the same type that no verifier of {@code key} trusts. */
    static TestKey attacker(TestKey key) {
        TestKey other = TestKey.otherRsa();
        return other.publicKey().equals(key.publicKey()) ? TestKey.rsa() : other;
    }

    /** Signed by the attacker, under the header of {@code base}. */
    static String stolen(TokenBuilder base, TestKey key) {
        return base.signedWith(attacker(key), key.algorithm()).text();
    }

    static String certificate(TestKey key) {
        return key.certificatePem().replaceAll("-----[A-Z ]+-----|\\s", "");
    }

    /** A header whose member holds these bytes, given as the characters of the same numbers. */
    static String headerBytes(TokenBuilder base, String bytes) {
        return base.rawHeader(latin(header(base.header("x", bytes)))).text();
    }

    /** A payload whose member holds these bytes, given as the characters of the same numbers. */
    static String payloadBytes(TokenBuilder base, String bytes) {
        return base.rawPayload(latin(payload(base.claim("x", bytes)))).text();
    }

    /** Arrays that make 17 levels together with the object they are put into. */
    static String deep() {
        return "[".repeat(16) + "]".repeat(16);
    }

    static String longNumber() {
        return "1".repeat(33);
    }

    /** The value of a last member that makes 257 of them in an object of {@code count} others. */
    static String manyMembers(int count) {
        return "0"
                + IntStream.range(count + 1, MEMBERS)
                        .mapToObj(i -> ",\"m" + i + "\":0")
                        .collect(Collectors.joining());
    }

    static byte[] deflated(String text) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        byte[] room = new byte[text.length() + 64];
        int size = deflater.deflate(room);
        deflater.end();
        return Arrays.copyOf(room, size);
    }

    /** Signs the first two parts exactly as they are. */
    static String sealed(String header, String payload, TestKey key) {
        String input = header + "." + payload;
        byte[] signature = key.sign(key.algorithm(), input.getBytes(StandardCharsets.UTF_8));
        return input + "." + Base64Url.encode(signature);
    }

    /** Base64url of the JSON and as many spaces as make its bytes {@code remainder} modulo 3. */
    static String sized(String json, int remainder) {
        int size = json.getBytes(StandardCharsets.UTF_8).length;
        return Base64Url.encode(json + " ".repeat((remainder - size % 3 + 3) % 3));
    }

    /** The next character of the alphabet at the end: of a part with unused bits, the same bytes. */
    static String trailingBits(String part) {
        int last = part.length() - 1;
        return part.substring(0, last) + ALPHABET.charAt(ALPHABET.indexOf(part.charAt(last)) + 1);
    }

    /** The character or characters put into the middle of the payload, after the signing. */
    static String inserted(TokenBuilder base, String text) {
        String[] parts = parts(base);
        int middle = parts[1].length() / 2;
        return parts[0] + "." + parts[1].substring(0, middle) + text + parts[1].substring(middle) + "." + parts[2];
    }

    static byte[] flipped(byte[] bytes, int index) {
        byte[] flipped = bytes.clone();
        flipped[index] ^= 1;
        return flipped;
    }

    static byte[] filled(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String decoded(String part) {
        return new String(Base64Url.decode(part), StandardCharsets.UTF_8);
    }
}
