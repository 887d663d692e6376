package io.mapae.service;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The JDK's {@code keytool}, as operators use it. */
public final class Keytool {
    public static final String PASSWORD = "correct keys";
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private Keytool() {}

    /**
     * Adds a key to a PKCS#12 file, which is made if need be.
     *
     * @param kind what {@code -keyalg} takes; {@code EC} is P-256
     * @param from when its certificate begins to be valid
     */
    public static Path add(Path file, String alias, String kind, Instant from) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-Duser.timezone=UTC",
                "-genkeypair",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                alias,
                "-dname",
                "CN=mapae",
                "-startdate",
                DATE.format(from),
                "-keyalg",
                kind));
        if (kind.equals("EC")) {
            command.addAll(List.of("-groupname", "secp256r1"));
        }
        Process keytool = new ProcessBuilder(command).inheritIO().start();
        if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        return file;
    }
}
