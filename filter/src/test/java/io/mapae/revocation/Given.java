package io.mapae.revocation;

import io.mapae.jws.Claims;
import io.mapae.jws.TokenReader;
import io.mapae.revocation.Revocation.Kind;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.io.IOException;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A clock that stands still, a source that says what it is told to, and what requests see of it. */
final class Given implements InstantSource, RevocationSource {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final TestKey KEY = TestKey.hmac(32);

    private Instant now = NOW;
    final List<Revocation> revocations = new ArrayList<>();
    final List<Instant> asked = new CopyOnWriteArrayList<>();
    final List<Consumer<? super Revocation>> listeners = new ArrayList<>();

    @Nullable
    IOException outage;

    @Nullable
    RuntimeException bug;

    @Override
    public Instant instant() {
        return now;
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public void listen(Consumer<? super Revocation> news) {
        listeners.add(news);
    }

    @Override
    public void read(Instant since, Consumer<? super Revocation> found) throws IOException {
        asked.add(since);
        revocations.stream().filter(one -> !one.noted().isBefore(since)).forEach(found);
        if (outage != null) {
            throw outage;
        }
        if (bug != null) {
            throw bug;
        }
    }

    @Override
    public void close() {}

    Snapshot snapshot(String maxStale) {
        return new Snapshot(this, new Snapshot.Limits(Duration.ofSeconds(1), Duration.parse(maxStale)), this);
    }

    /** {@code good}, what it was revoked by, or {@code unknown: } and why. */
    String outcome(Revocations known, TokenBuilder token) {
        try {
            return known.of(claims(token), now).map(Kind::claim).orElse("good");
        } catch (IOException unknown) {
            return "unknown: " + unknown.getMessage();
        }
    }

    static Revocation revoked(Kind kind, String denied) {
        return new Revocation(kind, denied, NOW, NOW.plusSeconds(600), NOW);
    }

    static TokenBuilder token() {
        return TokenBuilder.signedBy(KEY).at(NOW).claim("jti", "j").claim("sid", "s");
    }

    static Claims claims(TokenBuilder token) {
        return new TokenReader()
                .read(token.text())
                .<Claims>fold(
                        read -> read.claims().fold(claims -> claims, (flaw, member) -> failed()),
                        (flaw, member) -> failed());
    }

    private static Claims failed() {
        throw new AssertionError("no token");
    }

    /** What is logged while it is open, level first, and then goes nowhere else. */
    static final class Log extends Handler {
        private final Logger logger = Logger.getLogger("io.mapae.revocation");
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Log() {
            logger.setUseParentHandlers(false);
            logger.addHandler(this);
        }

        List<String> lines() {
            return List.copyOf(lines);
        }

        @Override
        public void publish(LogRecord logged) {
            lines.add(logged.getLevel() + " " + MessageFormat.format(logged.getMessage(), logged.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
            logger.setUseParentHandlers(true);
        }
    }
}
