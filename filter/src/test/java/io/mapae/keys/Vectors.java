package io.mapae.keys;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Published test vectors, which are no part of this project: in the folder that the system property
 * {@code mapae.vectors} names, else in the first {@code shared/vectors} beside an ancestor of the working directory.
 * Without them, the tests that need them are skipped.
 */
final class Vectors {
    private Vectors() {}

    static void assumed() {
        assumeTrue(folder().isPresent(), "no test vectors: see mapae.vectors");
    }

    static Map<String, Object> object(String file) {
        return parsed(text(file));
    }

    static List<Map<String, Object>> array(String file) {
        return maps(parsed("{\"file\":" + text(file) + "}").get("file"));
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> maps(@Nullable Object list) {
        return (List<Map<String, Object>>) requireNonNull(list);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object map) {
        return (Map<String, Object>) requireNonNull(map);
    }

    /** The vectors are larger than tokens may be, and arrays at their top. */
    private static Map<String, Object> parsed(String json) {
        try {
            return JsonUtil.parseJson(json);
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(String file) {
        try {
            return Files.readString(folder().orElseThrow().resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> folder() {
        String configured = System.getProperty("mapae.vectors");
        return configured != null
                ? Optional.of(Path.of(configured)).filter(Files::isDirectory)
                : Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                        .map(path -> path.resolveSibling("shared").resolve("vectors"))
                        .filter(Files::isDirectory)
                        .findFirst();
    }
}
