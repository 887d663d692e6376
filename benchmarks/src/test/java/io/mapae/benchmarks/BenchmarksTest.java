package io.mapae.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.management.ThreadMXBean;
import io.mapae.http.Answer;
import io.mapae.testkit.Hostile;
import io.mapae.testkit.TokenBuilder;
import io.mapae.verify.Reason;
import io.mapae.verify.Verdict;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** That the benchmarks measure what their names say; nothing here depends on time. */
class BenchmarksTest {
    private static final int ROUNDS = 200;
    private static final int BATCHES = 10;
    private static final int BATCH = 5_000;

    /** Bytes, unlike time, hardly depend on the machine, so a test can hold them; the aim is that of {@link Report}. */
    private static final long BYTES_ABOVE_BARE = 10_240;

    /** About 2 700 were measured; one look at a method's annotations alone takes more than the rest. */
    private static final long JAX_RS_BYTES = 4_096;

    @ParameterizedTest
    @EnumSource
    void eachWayAcceptsGoodTokensAndTheForgedOnesFailByTheirSignature(Scheme scheme) throws Exception {
        VerifyBenchmark benchmark = verification(scheme);
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(benchmark.bare()).isTrue();
            assertThat(benchmark.mapae()).isInstanceOf(Verdict.Accepted.class);
            assertThat(benchmark.jose4j().getIssuer()).isEqualTo(TokenBuilder.ISSUER);
            assertThat(reason(benchmark.forged())).isEqualTo(Reason.BAD_SIGNATURE.name());
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

    /** Whatever the figures are: each deployment checks that it is what it is measured as. */
    @Test
    void applicationsStartWithAndWithoutMapae() throws Exception {
        assertThat(StartUpSuite.measure(new StartUpSuite.Pace(1, 0, 2)))
                .allSatisfy(series -> assertThat(series.plain()).hasSameSizeAs(series.secured()))
                .extracting(StartUpSuite.Series::name, series -> series.added().size())
                .containsExactly(tuple("cold", 1), tuple("warm", 2));
    }

    @Test
    void whatIsAddedIsWhatOneWayAllocatesMore() throws Exception {
        List<Measurement> measured = new Turns(() -> new byte[1_000], () -> new byte[3_000]).measure("x", 5, 20);
        assertThat(measured).extracting(Measurement::benchmark).containsExactly("xPlain", "xSecured", "xAdded");
        assertThat(measured.get(2).bytes()).isBetween(1_999.0, 2_001.0);
    }

    /** Time, wall and bytes of five turns each, of which one was disturbed. */
    @Test
    void theMedianOfTurnsIsNotThatOfTheDisturbedOne() {
        List<Turns.Turn> turns = Stream.of(3, 90, 1, 2, 4)
                .map(base -> new Turns.Turn(base + 2, 2 * base + 2, 3 * base + 2).above(new Turns.Turn(2, 2, 2)))
                .toList();
        assertThat(Turns.median("x", turns)).isEqualTo(new Measurement("x", "-", 3, 1, 6, 9, 3));
    }

    @Test
    void anRs256TokenAllocatesWithinItsBoundsAboveTheBareCheck() throws Exception {
        VerifyBenchmark benchmark = verification(Scheme.RS256);
        long bare = allocated(benchmark::bare);
        long mapae = allocated(benchmark::mapae);
        assertThat(mapae - bare).isBetween(1L, BYTES_ABOVE_BARE);
    }

    /** The least median of several batches: on a busy machine the compiler takes its time to optimise allocations away. */
    private static long allocated(Callable<?> call) throws Exception {
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
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

    private static VerifyBenchmark verification(Scheme scheme) throws Exception {
        VerifyBenchmark benchmark = new VerifyBenchmark();
        benchmark.scheme = scheme;
        benchmark.setUp();
        return benchmark;
    }

    private static String reason(Verdict verdict) {
        return verdict.fold(
                accepted -> "accepted", rejected -> rejected.reason().name(), undecided -> "undecided");
    }
}
