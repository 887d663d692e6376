package io.mapae.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KeyThreadTest {
    private static final Duration SOON = Duration.ofMillis(50);

    private final CapturedLog log = new CapturedLog("io.mapae.keys");
    private final KeyThread thread = new KeyThread();
    private final BlockingQueue<String> done = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        thread.close();
        log.close();
    }

    private String next() throws InterruptedException {
        return String.valueOf(done.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void doesOneThingAfterAnother() throws Exception {
        thread.after(SOON, () -> done.add("later"));
        thread.soon(() -> {
            thread.soon(() -> done.add("then"));
            sleep();
            done.add("first");
        });
        assertThat(List.of(next(), next(), next())).containsExactly("first", "then", "later");
    }

    private static void sleep() {
        try {
            TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void isADaemon() throws Exception {
        thread.soon(() -> done.add(
                Thread.currentThread().getName() + Thread.currentThread().isDaemon()));
        assertThat(next()).isEqualTo("mapae-keystrue");
    }

    @Test
    void doesNotWhatWasCalledOff() throws Exception {
        Runnable callOff = thread.after(SOON, () -> done.add("called off"));
        thread.after(SOON.multipliedBy(2), () -> done.add("other"));
        callOff.run();
        assertThat(next()).isEqualTo("other");
    }

    @Test
    void goesOnAfterAFailureAndTellsOfIt() throws Exception {
        thread.soon(() -> {
            throw new IllegalArgumentException("bug");
        });
        thread.soon(() -> done.add("next"));
        assertThat(next()).isEqualTo("next");
        assertThat(log.messages(Level.SEVERE)).containsExactly("A task about keys failed");
    }

    @Test
    void doesNothingAfterItsEnd() throws Exception {
        thread.after(SOON, () -> done.add("before the end"));
        thread.close();
        thread.soon(() -> done.add("after the end"));
        thread.after(SOON, () -> done.add("long after")).run();
        thread.execute(() -> done.add("the client's"));
        assertThat(done.poll(200, TimeUnit.MILLISECONDS)).isNull();
    }
}
