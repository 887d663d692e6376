package io.mapae.keys;

import io.mapae.jws.Header;
import io.mapae.jws.VerificationKey;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keys in a file, compared with it at most every two seconds, by the request that happens to come then: no thread to
 * stop, and content instead of times of change, which are too coarse and, behind symbolic links, of something else.
 */
final class FileKeys implements KeySource {
    private static final Logger LOG = System.getLogger("io.mapae.keys");
    private static final long INTERVAL_MILLIS = 2_000;

    /** {@code keys} are those of {@code content}, or the last good ones where it holds none. */
    private record Snapshot(String content, KeySet keys) {
        @Override
        public String toString() {
            return "Snapshot[" + keys + "]";
        }
    }

    private final Path file;
    private final KeyFormat format;
    private final InstantSource clock;
    private final AtomicLong lastLook;
    private volatile Snapshot current;

    private FileKeys(Path file, KeyFormat format, InstantSource clock, Snapshot first) {
        this.file = file;
        this.format = format;
        this.clock = clock;
        this.lastLook = new AtomicLong(clock.millis());
        this.current = first;
    }

    static FileKeys open(Path file, KeyFormat format, InstantSource clock) throws InvalidKeyException, IOException {
        String content = content(file);
        KeySet keys = format.read(content);
        keys.reportSkipped(file.toString());
        return new FileKeys(file, format, clock, new Snapshot(content, keys));
    }

    @Override
    public List<VerificationKey> candidates(Header header) {
        long now = clock.millis();
        long last = lastLook.get();
        // Either way, so that a clock that was set back does not stop us; one thread looks, the others go on.
        if (Math.abs(now - last) >= INTERVAL_MILLIS && lastLook.compareAndSet(last, now)) {
            look();
        }
        return current.keys().candidates(header);
    }

    private void look() {
        String content = contentOrNothing();
        Snapshot before = current;
        if (content.equals(before.content())) {
            return;
        }
        try {
            KeySet keys = format.read(content);
            keys.reportSkipped(file.toString());
            current = new Snapshot(content, keys);
            LOG.log(
                    Level.INFO,
                    "Key file {0} changed: {1}",
                    file,
                    current.keys().told());
        } catch (InvalidKeyException unusable) {
            current = new Snapshot(content, before.keys());
            LOG.log(
                    Level.WARNING,
                    "Key file {0} changed, the keys before stay in use: {1}",
                    file,
                    unusable.getMessage());
        }
    }

    /** A file that is gone or cannot be read is treated like an empty one: it holds no keys. */
    private String contentOrNothing() {
        try {
            return content(file);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static String content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return KeyLocation.text(in);
        }
    }
}
