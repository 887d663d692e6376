package io.mapae.service;

import io.mapae.config.Declared;
import io.mapae.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What settings say that nobody else may know, by themselves or by {@code file:}; whatever is wrong is told to them. */
record Secrets(Declared values) {
    private static final String FILE = "file:";
    private static final int MIN_KEY_BYTES = 32;

    /** What a client's secret has at least: it can be guessed as often as anybody likes. */
    private static final int MIN_CLIENT_SECRET = 16;

    /** What the setting says, or the file that it names; empty if neither can be had. */
    Optional<String> text(Setting<String> setting) {
        return values.get(setting).flatMap(text -> content(setting, text));
    }

    private Optional<String> content(Setting<?> setting, String text) {
        if (!text.startsWith(FILE)) {
            return Optional.of(text);
        }
        String file = text.substring(FILE.length());
        try {
            return Optional.of(Files.readString(Path.of(file)).strip());
        } catch (NoSuchFileException missing) {
            values.problem(setting, "there is no file " + file);
        } catch (IOException | InvalidPathException | SecurityException unreadable) {
            values.problem(setting, "the file " + file + " cannot be read");
        }
        return Optional.empty();
    }

    /** The bytes of {@code service.key-secret}. */
    Optional<byte[]> key() {
        Optional<String> text = text(ServiceSettings.KEY_SECRET);
        try {
            Optional<byte[]> key = text.map(encoded -> Base64.getUrlDecoder().decode(encoded.replace("=", "")));
            key.filter(bytes -> bytes.length < MIN_KEY_BYTES)
                    .ifPresent(bytes -> values.problem(
                            ServiceSettings.KEY_SECRET, bytes.length + " bytes, " + MIN_KEY_BYTES + " at least"));
            return key;
        } catch (IllegalArgumentException malformed) {
            values.problem(ServiceSettings.KEY_SECRET, "not base64url");
            return Optional.empty();
        }
    }

    /** Who may introspect, with their secrets. */
    Map<String, String> clients() {
        Map<String, String> clients = new LinkedHashMap<>();
        for (String client :
                values.get(ServiceSettings.INTROSPECT_CLIENTS).orElse("").split(",", -1)) {
            if (!client.isBlank()) {
                String[] parts = client.strip().split("=", 2);
                add(parts[0].strip(), parts.length == 1 ? "" : parts[1], clients);
            }
        }
        return clients;
    }

    private void add(String id, String text, Map<String, String> clients) {
        if (id.isEmpty() || text.isEmpty()) {
            values.problem(ServiceSettings.INTROSPECT_CLIENTS, "expected id=secret");
            return;
        }
        Optional<String> secret = content(ServiceSettings.INTROSPECT_CLIENTS, text);
        if (secret.filter(known -> known.length() < MIN_CLIENT_SECRET).isPresent()) {
            values.problem(
                    ServiceSettings.INTROSPECT_CLIENTS,
                    "the secret of " + id + " has less than " + MIN_CLIENT_SECRET + " characters");
        }
        if (secret.isPresent() && clients.put(id, secret.get()) != null) {
            values.problem(ServiceSettings.INTROSPECT_CLIENTS, id + " is there twice");
        }
    }
}
