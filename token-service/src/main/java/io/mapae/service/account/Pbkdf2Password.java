package io.mapae.service.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2) as Django writes it, {@code pbkdf2_sha256$iterations$salt$base64}, the salt
 * being text, or passlib, {@code $pbkdf2-sha256$iterations$salt$digest}, both in base64 with {@code .} for {@code +}.
 */
final class Pbkdf2Password implements StoredPassword {
    private static final Pattern DJANGO =
            Pattern.compile("pbkdf2_sha256\\$(\\d{1,8})\\$([!-#%-~]{1,128})\\$([A-Za-z0-9+/]{22,86}={0,2})");
    private static final Pattern PASSLIB =
            Pattern.compile("\\$pbkdf2-sha256\\$(\\d{1,8})\\$([A-Za-z0-9./]{2,172})\\$([A-Za-z0-9./]{22,86})");
    private static final int MAX_ITERATIONS = 10_000_000;

    private final int iterations;
    private final byte[] salt;
    private final byte[] digest;

    private Pbkdf2Password(int iterations, byte[] salt, byte[] digest) {
        this.iterations = iterations;
        this.salt = salt;
        this.digest = digest;
    }

    static Optional<Pbkdf2Password> read(String text) {
        Matcher django = DJANGO.matcher(text);
        if (django.matches()) {
            return of(django.group(1), Optional.of(django.group(2).getBytes(UTF_8)), Bytes.base64(django.group(3)));
        }
        Matcher passlib = PASSLIB.matcher(text);
        if (passlib.matches()) {
            return of(passlib.group(1), adapted(passlib.group(2)), adapted(passlib.group(3)));
        }
        return Optional.empty();
    }

    private static Optional<byte[]> adapted(String text) {
        return Bytes.base64(text.replace('.', '+'));
    }

    private static Optional<Pbkdf2Password> of(String count, Optional<byte[]> salt, Optional<byte[]> digest) {
        int iterations = Integer.parseInt(count);
        return iterations >= 1 && iterations <= MAX_ITERATIONS && salt.isPresent() && digest.isPresent()
                ? Optional.of(new Pbkdf2Password(iterations, salt.get(), digest.get()))
                : Optional.empty();
    }

    @Override
    public boolean matches(byte[] password) {
        char[] characters = new String(password, UTF_8).toCharArray();
        PBEKeySpec computed = new PBEKeySpec(characters, salt, iterations, digest.length * Byte.SIZE);
        try {
            SecretKeyFactory factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
            return MessageDigest.isEqual(
                    digest, factory.generateSecret(computed).getEncoded());
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("PBKDF2WithHmacSHA256 is part of every JDK", absent);
        } finally {
            computed.clearPassword();
        }
    }

    @Override
    public boolean isWeak(byte[] password) {
        return true;
    }
}
