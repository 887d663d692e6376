package io.mapae.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class DeniedTextsTest {
    private static final long NOW = 1_772_366_400;
    private static final long MOST = 64_000_000;

    private final DeniedTexts texts = new DeniedTexts(SipHash.random());

    private void deny(int count, long until) {
        for (int i = 0; i < count; i++) {
            texts.deny("text " + i, 0, until, NOW);
        }
    }

    private String times(String text) {
        long times = texts.times(text);
        return times == DeniedTexts.NOTHING ? "nothing" : DeniedTexts.before(times) + " " + DeniedTexts.until(times);
    }

    @Test
    void findsWhatIsThereAndNothingElse() {
        assertThat(times("a")).isEqualTo("nothing");
        texts.deny("a", 5, 7, 0);
        texts.deny("", 6, 8, 0);
        assertThat(times("a")).isEqualTo("5 7");
        assertThat(times("")).isEqualTo("6 8");
        assertThat(times("A")).isEqualTo("nothing");
        assertThat(texts.size()).isEqualTo(2);
    }

    @ParameterizedTest(name = "5 7, then {0} {1} -> {2} {3}")
    @CsvSource({"5, 7, 5, 7", "4, 6, 5, 7", "6, 6, 6, 7", "4, 8, 5, 8", "6, 8, 6, 8"})
    void theLaterTimesCount(long before, long until, long thenBefore, long thenUntil) {
        texts.deny("a", 5, 7, 0);
        texts.deny("a", before, until, 0);
        assertThat(times("a")).isEqualTo(thenBefore + " " + thenUntil);
        assertThat(texts.size()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} {1} -> {2}")
    @CsvSource({
        "-1, -1, 0 1",
        "0, 0, 0 1",
        "0, 1, 0 1",
        "4294967295, 4294967295, 4294967295 4294967295",
        "4294967296, 4294967296, 4294967295 4294967295",
        "9223372036854775807, 9223372036854775807, 4294967295 4294967295"
    })
    void timesAreBounded(long before, long until, String times) {
        texts.deny("a", before, until, 0);
        assertThat(times("a")).isEqualTo(times);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 800, 10_000, 100_000})
    void growsWithoutLosingAny(int count) {
        deny(count, NOW);
        for (int i = 0; i < count; i++) {
            assertThat(texts.times("text " + i)).isEqualTo(NOW);
            assertThat(texts.times("text" + i)).isEqualTo(DeniedTexts.NOTHING);
        }
        assertThat(texts.size()).isEqualTo(count);
    }

    /** Each segment at its worst, right after it has grown, is half full. */
    @Test
    void aMillionTakeLessThan64Megabytes() {
        long worst = 0;
        for (int i = 0; i < 1_000_000; i++) {
            texts.deny("text " + i, 0, NOW, NOW);
            if (i % 10_000 == 0) {
                worst = Math.max(worst, texts.bytes());
            }
        }
        assertThat(texts.size()).isEqualTo(1_000_000);
        assertThat(Math.max(worst, texts.bytes())).isLessThan(MOST).isLessThanOrEqualTo(1_000_000L * 50 + 64 * 16 * 25);
    }

    @ParameterizedTest(name = "until {0} s from now: {1} of 5000 stay")
    @CsvSource({"1, 5000", "0, 5000", "-1, 0"})
    void forgetsWhatRanOut(long until, int left) {
        deny(5000, NOW);
        long before = texts.bytes();
        for (int i = 0; i < 64; i++) {
            texts.tidy(NOW - until);
        }
        assertThat(texts.size()).isEqualTo(left);
        assertThat(texts.bytes()).isEqualTo(left == 0 ? 64 * 16 * 25 : before);
        assertThat(times("text 7")).isEqualTo(left == 0 ? "nothing" : "0 " + NOW);
    }

    @Test
    void tidiesOneSegmentAtATime() {
        deny(5000, NOW);
        texts.tidy(NOW + 1);
        assertThat(texts.size()).isBetween(4800, 4999);
    }

    @Test
    void forgetsWhenItGrowsToo() {
        for (int i = 0; i < 100_000; i++) {
            texts.deny("text " + i, 0, NOW + i, NOW + i);
        }
        assertThat(texts.size()).isLessThan(1000);
        assertThat(texts.bytes()).isLessThan(100_000);
    }

    /** The digest's 32 bytes at most, and none where there is nothing. */
    @Test
    void aLookUpAllocatesNextToNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        String text = UUID.randomUUID().toString();
        texts.times(text);
        long begin = threads.getCurrentThreadAllocatedBytes();
        long perCall = threads.getCurrentThreadAllocatedBytes() - begin;
        assertThat(allocated(threads, text)).isLessThanOrEqualTo(perCall);
        deny(1000, NOW);
        assertThat(allocated(threads, text)).isLessThanOrEqualTo(perCall + 32_000);
    }

    private long allocated(ThreadMXBean threads, String text) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1000; i++) {
            texts.times(text);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** What one thread has denied, every other finds from then on, wherever it has moved since. */
    @Test
    void isReadWhileItGrows() throws Exception {
        int count = 200_000;
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("text " + i);
        }
        AtomicInteger denied = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Callable<Integer> reader = () -> {
                int misses = 0;
                for (int seen = 0; seen < count; seen = denied.get()) {
                    for (int i = Math.max(0, seen - 50); i < seen; i++) {
                        misses += texts.times(names.get(i)) == NOW + i ? 0 : 1;
                        misses += texts.times(names.get(i / 2)) == NOW + i / 2 ? 0 : 1;
                    }
                    misses += texts.times("other") == DeniedTexts.NOTHING ? 0 : 1;
                }
                return misses;
            };
            List<Future<Integer>> readers = List.of(threads.submit(reader), threads.submit(reader));
            for (int i = 0; i < count; i++) {
                texts.deny(names.get(i), 0, NOW + i, NOW);
                denied.set(i + 1);
            }
            for (Future<Integer> each : readers) {
                assertThat(each.get(60, TimeUnit.SECONDS)).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
