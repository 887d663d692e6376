package io.mapae.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mapae.benchmarks.peers.Contestant;
import io.mapae.http.Answer;
import io.mapae.testkit.Hostile;
import io.mapae.verify.Reason;
import io.mapae.verify.Verdict;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** That the benchmarks measure what their names say; nothing here depends on time. */
class BenchmarksTest {
    private static final int ROUNDS = 200;
    private static final int BATCHES = 10;
    private static final int BATCH = 5_000;

    /** As a header comes and a verdict goes, on top of {@code getHeader}. */
    private static final long REPEATED_BYTES = 256;

    /** The same with rules, roles and the caller. */
    private static final long REPEATED_GATE_BYTES = 768;

    /** About 2 700 were measured; one look at a method's annotations alone takes more than the rest. */
    private static final long JAX_RS_BYTES = 4_096;

    @ParameterizedTest
    @EnumSource
    void eachWayAcceptsGoodTokensAndTheForgedOnesFailByTheirSignature(Scheme scheme) throws Exception {
        VerifyBenchmark bare = verification(scheme, Contestant.BARE);
        VerifyBenchmark mapae = verification(scheme, Contestant.MAPAE);
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(bare.good()).isEqualTo(true);
            assertThat(bare.forged()).isEqualTo(false);
            assertThat(mapae.good()).isInstanceOf(Verdict.Accepted.class);
            assertThat(reason((Verdict) mapae.forged())).isEqualTo(Reason.BAD_SIGNATURE.name());
        }
    }

    @Test
    void anRs256TokenIsAsLongAsThoseThePeersWereMeasuredWith() {
        assertThat(Tokens.good(Scheme.RS256).text()).hasSizeBetween(1415, 1417);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void malformedTextIsRefusedForItsReason(Hostile kind) throws Exception {
        MalformedBenchmark benchmark = new MalformedBenchmark();
        benchmark.kind = kind;
        benchmark.setUp();
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(reason(benchmark.malformed())).isEqualTo(kind.reason());
        }
    }

    static Stream<Hostile> kinds() throws NoSuchFieldException {
        return Stream.of(MalformedBenchmark.class
                        .getDeclaredField("kind")
                        .getAnnotation(Param.class)
                        .value())
                .map(Hostile::valueOf);
    }

    @Test
    void theGateAdmitsTheGoodTokenAndChallengesWithoutOne() throws Exception {
        GateBenchmark benchmark = new GateBenchmark();
        benchmark.setUp();
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(benchmark.gateGoodToken())
                    .isInstanceOfSatisfying(
                            Answer.Admit.class,
                            admit -> assertThat(admit.caller().orElseThrow().roles())
                                    .contains("user"));
            assertThat(benchmark.gateRepeatedToken()).isInstanceOf(Answer.Admit.class);
            assertThat(benchmark.gateNoToken())
                    .isInstanceOfSatisfying(
                            Answer.Reply.class,
                            reply -> assertThat(reply.status()).isEqualTo(401));
        }
    }

    /** The token that comes along is forged: whoever looked at it again would refuse it. */
    @Test
    void jaxRsTakesTheCallerFromTheServletFilterAndFromNobodyElse() throws Exception {
        JaxRs jaxRs = new JaxRs(Tokens.forged(Tokens.good(Scheme.RS256).text()));
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(jaxRs.plain().getEntity()).isEqualTo("4711");
            assertThat(jaxRs.secured().getEntity()).isEqualTo("4711");
            assertThat(jaxRs.securedAlone().getStatus()).isEqualTo(401);
            assertThat(jaxRs.securedFromNobody().getStatus()).isEqualTo(401);
        }
    }

    @Test
    void jaxRsFiltersAllocateWithinTheirBounds() throws Exception {
        JaxRs jaxRs = new JaxRs(Tokens.good(Scheme.RS256).text());
        assertThat(allocated(jaxRs::secured) - allocated(jaxRs::plain)).isBetween(1L, JAX_RS_BYTES);
    }

    @Test
    void whatIsAddedIsWhatOneWayAllocatesMore() throws Exception {
        List<Measurement> measured = new Turns(() -> new byte[1_000], () -> new byte[3_000]).measure(5, 20);
        assertThat(measured).extracting(Measurement::benchmark).containsExactly("plain", "secured", "added");
        assertThat(measured.get(2).bytes().score()).isBetween(1_999.0, 2_001.0);
    }

    /** Time, wall and bytes of five turns each, of which one was disturbed. */
    @Test
    void theMedianOfTurnsIsNotThatOfTheDisturbedOne() {
        List<Turns.Turn> turns = Stream.of(3, 90, 1, 2, 4)
                .map(base -> new Turns.Turn(base + 2, 2 * base + 2, 3 * base + 2).above(new Turns.Turn(2, 2, 2)))
                .toList();
        assertThat(Turns.median("x", turns))
                .isEqualTo(new Measurement("x", "-", new Value(3, 1), new Value(6, 2), new Value(9, 3)));
    }

    /**
     * Bytes, unlike time, hardly depend on the machine, so a test can hold them; but not those of ES256 and EdDSA, as the compiler
     * makes more or less of the JDK's arithmetic, from one run to the next, than all of ours takes. The way to and from the
     * signature is the same.
     */
    @ParameterizedTest
    @CsvSource({"RS256, 7168", "HS256, 7168"})
    void aTokenAtFirstSightAllocatesWithinItsBoundsAboveTheBareCheck(Scheme scheme, long bound) throws Exception {
        long bare = allocated(verification(scheme, Contestant.BARE)::good);
        long mapae = allocated(verification(scheme, Contestant.MAPAE)::good);
        System.out.printf(
                "%s at first sight: %d bytes, %d above the bare check, ×%.2f%n",
                scheme, mapae, mapae - bare, (double) mapae / bare);
        assertThat(mapae - bare).isLessThanOrEqualTo(bound);
    }

    @Test
    void aRepeatedTokenAllocatesWithinItsBounds() throws Exception {
        CacheBenchmark cache = new CacheBenchmark();
        cache.live = 10;
        cache.setUp();
        GateBenchmark gate = new GateBenchmark();
        gate.setUp();
        gate.gateRepeatedToken();
        long verdict = allocated(cache::repeated);
        long answer = allocated(gate::gateRepeatedToken);
        System.out.printf("The same token again: %d bytes, to the gate's answer %d%n", verdict, answer);
        assertThat(verdict).isLessThanOrEqualTo(REPEATED_BYTES);
        assertThat(answer).isLessThanOrEqualTo(REPEATED_GATE_BYTES);
    }

    /** The least median of several batches: on a busy machine the compiler takes its time to optimise allocations away. */
    private static long allocated(Callable<?> call) throws Exception {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < BATCHES; i++) {
            least = Math.min(least, median(call));
        }
        return least;
    }

    private static long median(Callable<?> call) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] bytes = new long[BATCH];
        for (int i = 0; i < BATCH; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            call.call();
            bytes[i] = threads.getCurrentThreadAllocatedBytes() - before;
        }
        Arrays.sort(bytes);
        return bytes[BATCH / 2];
    }

    private static VerifyBenchmark verification(Scheme scheme, Contestant contestant) throws Exception {
        VerifyBenchmark benchmark = new VerifyBenchmark();
        benchmark.contestant = contestant;
        benchmark.scheme = scheme;
        benchmark.setUp();
        return benchmark;
    }

    private static String reason(Verdict verdict) {
        return verdict.fold(
                accepted -> "accepted", rejected -> rejected.reason().name(), undecided -> "undecided");
    }
}
