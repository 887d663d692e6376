package io.mapae.revocation;

import static io.mapae.revocation.Given.revoked;
import static io.mapae.revocation.Given.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.revocation.Revocation.Kind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The thread, what JMX shows of it, and its end. */
@Timeout(60)
class RevocationFeedTest {
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();

    private final Given.Log log = new Given.Log();
    private final Given given = new Given();
    private final ClassLoader classes = new ClassLoader(null) {};

    @AfterEach
    void close() {
        log.close();
    }

    private RevocationFeed feed(RevocationSource source) {
        return new RevocationFeed(source, Duration.ofMillis(100), Duration.ofMinutes(5), classes, given);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; !condition.getAsBoolean() && i < 2_000; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private static boolean isThreadThere() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("mapae-revocation"));
    }

    private static ObjectName name(String application) throws Exception {
        return new ObjectName("io.mapae:type=Revocations,application=" + ObjectName.quote(application));
    }

    @Test
    void readsOverAndOverUntilItsEnd() throws Exception {
        try (RevocationFeed feed = feed(given)) {
            await(() -> !isThreadThere()); // the one of the test before may still be about to end
            assertThat(given.outcome(feed, token())).isEqualTo("unknown: revocations: not read yet");
            feed.start("app");
            await(() -> given.asked.size() >= 3);
            assertThat(given.listeners).hasSize(1);
            assertThat(given.outcome(feed, token())).isEqualTo("good");
            given.listeners.get(0).accept(revoked(Kind.SID, "s"));
            assertThat(given.outcome(feed, token())).isEqualTo("sid");
            assertThat(JMX.isRegistered(name("app"))).isTrue();
        }
        await(() -> !isThreadThere());
        assertThat(JMX.isRegistered(name("app"))).isFalse();
        int readings = given.asked.size();
        TimeUnit.MILLISECONDS.sleep(300);
        assertThat(given.asked).hasSize(readings);
    }

    @Test
    void runsOnADaemonWithTheApplicationsClasses() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (RevocationFeed feed = feed(new Reading(found -> seen.add(Thread.currentThread()
                        .isDaemon() + " " + (Thread.currentThread().getContextClassLoader() == classes))))) {
            feed.start("app");
            await(() -> !seen.isEmpty());
            assertThat(seen.get(0)).isEqualTo("true true");
        }
    }

    @Test
    void isShownOnJmx() throws Exception {
        given.revocations.add(revoked(Kind.SID, "s"));
        try (RevocationFeed feed =
                new RevocationFeed(given, Duration.ofMinutes(1), Duration.ofMinutes(5), classes, given)) {
            feed.start("shown");
            ObjectName name = name("shown");
            await(() -> given.asked.size() == 1);
            assertThat(JMX.invoke(name, "refreshNow", new Object[0], new String[0]))
                    .isEqualTo("FRESH");
            assertThat(given.asked).containsExactly(Instant.EPOCH, Instant.EPOCH);
            assertThat(JMX.getAttribute(name, "State")).isEqualTo("FRESH");
            assertThat(JMX.getAttribute(name, "Entries")).isEqualTo(1);
            assertThat(JMX.getAttribute(name, "Bytes")).isEqualTo(3L * 64 * 16 * 25);
            assertThat(JMX.getAttribute(name, "Age")).isEqualTo("PT0S");
            assertThat(JMX.getAttribute(name, "LastSuccess")).isEqualTo("2026-03-01T12:00:00Z");
            assertThat(JMX.getAttribute(name, "LastError")).isEqualTo("");
            given.outage = new IOException("no route");
            assertThat(JMX.invoke(name, "refreshNow", new Object[0], new String[0]))
                    .isEqualTo("STALE");
            assertThat(JMX.getAttribute(name, "LastError")).isEqualTo("no route");
            assertThat(JMX.getAttribute(name, "Readings")).isEqualTo(3L);
            assertThat(JMX.getAttribute(name, "Failures")).isEqualTo(1L);
        }
    }

    @Test
    void saysNothingOfWhatNeverWas() {
        RevocationsBean bean = new RevocationsBean(given.snapshot("PT5M"), java.util.concurrent.CompletableFuture::new);
        assertThat(bean.getAge() + bean.getLastSuccess()).isEmpty();
        assertThat(bean.getState()).isEqualTo("EMPTY");
        assertThat(bean.getLastError()).isEqualTo("not read yet");
        assertThat(bean.refreshNow()).isEqualTo("under way");
    }

    /** An interrupt would close the files of a database in this JVM, for everybody. */
    @Test
    void letsAReadingEndAndClosesTheSourceThen() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicReference<String> events = new AtomicReference<>("");
        RevocationSource slow =
                new Reading(found -> {
                    begun.countDown();
                    try {
                        TimeUnit.MILLISECONDS.sleep(300);
                        events.updateAndGet(before -> before + "read ");
                    } catch (InterruptedException stopped) {
                        events.set("interrupted ");
                    }
                }) {
                    @Override
                    public void close() {
                        events.updateAndGet(before -> before + "closed");
                    }
                };
        RevocationFeed feed = feed(slow);
        feed.start("app");
        begun.await();
        feed.close();
        assertThat(events).hasValue("read closed");
    }

    @Test
    void survivesASourceThatFailsAtEverything() throws Exception {
        AtomicInteger readings = new AtomicInteger();
        RevocationSource broken =
                new Reading(found -> {
                    readings.incrementAndGet();
                    throw new IllegalStateException("secret");
                }) {
                    @Override
                    public void listen(Consumer<? super Revocation> news) {
                        throw new NoSuchMethodError("listen");
                    }

                    @Override
                    public void close() {
                        throw new IllegalStateException("close");
                    }
                };
        RevocationFeed feed = feed(broken);
        feed.start("app");
        await(() -> readings.get() >= 2);
        feed.close();
        assertThat(log.lines())
                .containsExactly(
                        "SEVERE Revocations are read, but not listened for",
                        "WARNING Revocations are out of reach; every token gets 503: java.lang.IllegalStateException",
                        "WARNING The source of revocations cannot be closed");
        feed.start("app");
        feed.close();
        await(() -> !isThreadThere());
    }

    /** What is no {@code LinkageError} either. */
    @ParameterizedTest
    @ValueSource(classes = {OutOfMemoryError.class, ServiceConfigurationError.class, StackOverflowError.class})
    void readsOnAfterAnyError(Class<? extends Error> kind) throws Exception {
        AtomicInteger readings = new AtomicInteger();
        Supplier<Error> errors = kind == ServiceConfigurationError.class
                ? () -> new ServiceConfigurationError("secret")
                : kind == OutOfMemoryError.class ? () -> new OutOfMemoryError("secret") : StackOverflowError::new;
        RevocationSource failing =
                new Reading(found -> {
                    if (readings.incrementAndGet() == 1) {
                        throw errors.get();
                    }
                }) {
                    @Override
                    public void listen(Consumer<? super Revocation> news) {
                        throw errors.get();
                    }
                };
        try (RevocationFeed feed = feed(failing)) {
            feed.start("app");
            await(() -> log.lines().contains("INFO Revocations are here: 0"));
        }
        assertThat(log.lines())
                .containsExactly(
                        "SEVERE Revocations are read, but not listened for",
                        "WARNING Revocations are out of reach; every token gets 503: " + kind.getName(),
                        "INFO Revocations are here: 0");
    }

    /** Such as memory that runs out beside the source. */
    @Test
    void readsOnThoughAReadingIsCutShort() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        InstantSource clock = () -> {
            if (asked.incrementAndGet() == 1) {
                throw new OutOfMemoryError();
            }
            return Given.NOW;
        };
        try (RevocationFeed feed =
                new RevocationFeed(given, Duration.ofMillis(100), Duration.ofMinutes(5), classes, clock)) {
            feed.start("app");
            await(() -> log.lines().contains("INFO Revocations are here: 0"));
        }
        assertThat(log.lines())
                .containsExactly("SEVERE A reading of revocations was cut short", "INFO Revocations are here: 0");
    }

    /** A source that does something each time it is read. */
    private static class Reading implements RevocationSource {
        private final Consumer<Consumer<? super Revocation>> reading;

        Reading(Consumer<Consumer<? super Revocation>> reading) {
            this.reading = reading;
        }

        @Override
        public void read(Instant since, Consumer<? super Revocation> found) {
            reading.accept(found);
        }

        @Override
        public void close() {}
    }
}
