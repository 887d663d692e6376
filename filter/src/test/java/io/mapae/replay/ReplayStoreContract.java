package io.mapae.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every store promises. */
public abstract class ReplayStoreContract {
    protected static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    protected Instant now = NOW;

    /** An empty one, by the clock {@link #now}. */
    protected abstract ReplayStore store() throws Exception;

    @Test
    void anIdIsUsedOnce() throws Exception {
        ReplayStore store = store();
        assertThat(store.use("a", NOW.plusSeconds(1))).isTrue();
        assertThat(store.use("a", NOW.plusSeconds(1))).isFalse();
        assertThat(store.use("A", NOW.plusSeconds(1))).isTrue();
        assertThat(store.use("b", NOW.plusSeconds(1))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, false", "999, false", "1000, true", "1001, true"})
    void anIdIsKnownUntilItsEnd(long later, boolean again) throws Exception {
        ReplayStore store = store();
        assertThat(store.use("a", NOW.plusSeconds(1))).isTrue();
        now = NOW.plusMillis(later);
        assertThat(store.use("a", now.plusSeconds(1))).isEqualTo(again);
        assertThat(store.use("a", now.plusSeconds(1))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"0, true", "999, true", "1000, false", "1001, false"})
    void whatIsKeptIsThereUntilItsEnd(long later, boolean there) throws Exception {
        ReplayStore store = store();
        String content = "{\"a\":\"\u00e4\u20ac\"}\n\\" + "x".repeat(3000);
        store.keep("a", content, NOW.plusSeconds(1));
        assertThat(store.kept("b")).isEmpty();
        now = NOW.plusMillis(later);
        assertThat(store.kept("a").isPresent()).isEqualTo(there);
        store.kept("a").ifPresent(text -> assertThat(text).isEqualTo(content));
    }

    @Test
    void nothingIsOverwritten() throws Exception {
        ReplayStore store = store();
        store.keep("a", "first", NOW.plusSeconds(1));
        assertThatThrownBy(() -> store.keep("a", "second", NOW.plusSeconds(9))).isInstanceOf(IOException.class);
        assertThat(store.use("a", NOW.plusSeconds(9))).isFalse();
        assertThat(store.kept("a")).contains("first");
        now = NOW.plusSeconds(1);
        store.keep("a", "third", now.plusSeconds(1));
        assertThat(store.kept("a")).contains("third");
    }

    @Test
    void ofManyAtOnceOneIsFirst() throws Exception {
        ReplayStore store = store();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                String id = "id" + round;
                Callable<Boolean> use = () -> store.use(id, NOW.plusSeconds(60));
                List<Future<Boolean>> uses = threads.invokeAll(
                        IntStream.range(0, 8).mapToObj(i -> use).toList());
                int first = 0;
                for (Future<Boolean> each : uses) {
                    first += each.get() ? 1 : 0;
                }
                assertThat(first).isEqualTo(1);
            }
        } finally {
            threads.shutdown();
        }
    }
}
