package io.mapae.example.demo;

import io.mapae.testkit.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** The development key in a directory: made at the first start, the same at every later one. */
final class DemoKey {
    private static final String KEY_ID = "demo";
    private static final String PRIVATE_FILE = "private-key.pem";
    private static final String PUBLIC_FILE = "jwks.json";

    private DemoKey() {}

    /** The key in {@code directory}; makes both if they are not there. */
    static TestKey in(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(PRIVATE_FILE);
        TestKey key = Files.exists(file) ? read(file) : made(file);
        Files.writeString(
                jwks(directory), TestKey.jwks(key)); // each time: it must fit the private key, whatever happened
        return key;
    }

    /** Where the public half is, as the example wants it. */
    static Path jwks(Path directory) {
        return directory.resolve(PUBLIC_FILE);
    }

    private static TestKey made(Path file) throws IOException {
        TestKey key = TestKey.generate("RSA", KEY_ID);
        Files.createFile(file, ownerOnly(file)); // nobody else may read it even for a moment
        Files.writeString(file, key.privatePem());
        return key;
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static TestKey read(Path file) throws IOException {
        String base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            PrivateKey secret = factory.generatePrivate(
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
            RSAPrivateCrtKey parts = (RSAPrivateCrtKey) secret;
            RSAPublicKeySpec open = new RSAPublicKeySpec(parts.getModulus(), parts.getPublicExponent());
            return TestKey.of(new KeyPair(factory.generatePublic(open), secret), KEY_ID);
        } catch (GeneralSecurityException | IllegalArgumentException unreadable) {
            throw new IOException(file + " is no private key; delete it, and a new one is made", unreadable);
        }
    }
}
