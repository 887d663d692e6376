package io.mapae.keys;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.InstantSource;

/** Where keys are kept: {@code file:}, {@code classpath:}, or the text itself. */
public final class KeyLocation {
    static final int MAX_SIZE = 1 << 20;
    private static final String FILE = "file:";
    private static final String CLASSPATH = "classpath:";

    private KeyLocation() {}

    /** Whether {@code text} names a place instead of being the keys itself. */
    public static boolean isReference(String text) {
        return text.startsWith(FILE) || text.startsWith(CLASSPATH);
    }

    /**
     * The keys at {@code location}. Those of a file are read again 2 s after a change to it at the latest, as long as somebody asks
     * for them; what cannot be read then never replaces good keys.
     *
     * @throws InvalidKeyException if what is there is no key, or an unfit one
     * @throws IOException if nothing can be read there, or more than 1 MiB
     */
    public static KeySource open(String location, KeyFormat format, ClassLoader classes, InstantSource clock)
            throws InvalidKeyException, IOException {
        if (location.startsWith(FILE)) {
            return FileKeys.open(path(location), format, clock);
        }
        if (!location.startsWith(CLASSPATH)) {
            return format.read(location);
        }
        String name = location.substring(CLASSPATH.length()).replaceFirst("^/+", "");
        try (InputStream resource = classes.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IOException("no such resource on the class path");
            }
            return format.read(text(resource));
        }
    }

    /** What {@code in} holds, as far as it is bounded. */
    static String text(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MAX_SIZE + 1);
        if (bytes.length > MAX_SIZE) {
            throw new IOException("more than " + MAX_SIZE + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** {@code file:/a}, {@code file:///a} and, from the working directory, {@code file:a}. */
    static Path path(String location) throws IOException {
        try {
            return location.startsWith("file:/")
                    ? Path.of(URI.create(location))
                    : Path.of(location.substring(FILE.length()));
        } catch (IllegalArgumentException noPath) {
            throw new IOException("not a file's address");
        }
    }
}
