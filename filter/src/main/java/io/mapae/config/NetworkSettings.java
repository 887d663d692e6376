package io.mapae.config;

import io.mapae.keys.Transport;
import io.mapae.keys.TrustStore;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** The settings that say how issuers are reached. */
record NetworkSettings(Values values) {
    /** A problem leaves out what it is about. */
    Transport transport() {
        return new Transport(
                values.get(Settings.TRUST_STORE).flatMap(this::trust),
                values.get(Settings.PROXY),
                values.get(Settings.INSECURE_HTTP).orElse(false));
    }

    private Optional<SSLContext> trust(String file) {
        try {
            return Optional.of(TrustStore.read(file, values.get(Settings.TRUST_STORE_PASSWORD)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            values.problem(Settings.TRUST_STORE, "no readable trust store (" + reason(unusable) + ")");
            return Optional.empty();
        }
    }

    /** Of the file system's exceptions the message is a path, which stands there already. */
    private static String reason(Exception unusable) {
        String type = unusable.getClass().getSimpleName();
        return unusable instanceof FileSystemException ? type : type + ": " + unusable.getMessage();
    }
}
