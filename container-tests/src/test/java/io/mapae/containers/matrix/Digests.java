package io.mapae.containers.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Passwords as files of users hold them. */
final class Digests {
    private static final int GLASSFISHS_ROUNDS = 100;

    private Digests() {}

    /** The hash of name, realm and password, as WildFly has it. */
    static String wildFly(String name, String password) {
        return HexFormat.of().formatHex(digest("MD5", (name + ":ApplicationRealm:" + password).getBytes(UTF_8)));
    }

    /** The hash of password and salt, hashed again and again, and the salt, as GlassFish has it. */
    static String glassFish(String password) {
        byte[] salt = "saltsalt".getBytes(UTF_8);
        byte[] hash = digest("SHA-256", (password + "saltsalt").getBytes(UTF_8));
        for (int round = 1; round < GLASSFISHS_ROUNDS; round++) {
            hash = digest("SHA-256", hash);
        }
        byte[] both = new byte[hash.length + salt.length];
        System.arraycopy(hash, 0, both, 0, hash.length);
        System.arraycopy(salt, 0, both, hash.length, salt.length);
        return "{SSHA256}" + Base64.getEncoder().encodeToString(both);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
