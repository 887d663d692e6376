package io.mapae.identity;

import static io.mapae.identity.Verified.caller;
import static io.mapae.identity.Verified.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who calls, on one thread and on others. */
@Timeout(30)
class CurrentCallerTest {
    private static final Caller ALICE = caller(token());
    private static final Caller BOB = caller(token().subject("bob"));

    private final ExecutorService pool = Executors.newSingleThreadExecutor();

    @AfterEach
    void leavesNothingBehind() {
        pool.shutdownNow();
        assertThat(who()).isEqualTo("nobody");
    }

    private static String who() {
        return Caller.current().map(Caller::getName).orElse("nobody");
    }

    private static Runnable enter(Caller caller) {
        return CurrentCaller.enter(() -> Optional.of(caller));
    }

    /** What {@code work} says on the pool's only thread. */
    private String there(Callable<String> work) throws Exception {
        return pool.submit(work).get(10, TimeUnit.SECONDS);
    }

    // on one thread

    @Test
    void theInnermostIsWhoCalls() {
        Runnable leaveAlice = enter(ALICE);
        assertThat(who()).isEqualTo("alice");
        Runnable leaveBob = enter(BOB);
        assertThat(who()).isEqualTo("bob");
        Runnable leaveNobody = CurrentCaller.enter(Optional::empty);
        assertThat(who()).isEqualTo("nobody");
        leaveNobody.run();
        assertThat(who()).isEqualTo("bob");
        leaveBob.run();
        assertThat(who()).isEqualTo("alice");
        leaveAlice.run();
        assertThat(who()).isEqualTo("nobody");
    }

    @Test
    void isTheSameObject() {
        Runnable leave = enter(ALICE);
        assertThat(Caller.current().orElseThrow()).isSameAs(ALICE);
        leave.run();
    }

    /** As a logout drops the caller in the middle of a request. */
    @Test
    void isAskedForEachTime() {
        AtomicReference<Optional<Caller>> caller = new AtomicReference<>(Optional.of(ALICE));
        Runnable leave = CurrentCaller.enter(caller::get);
        assertThat(who()).isEqualTo("alice");
        caller.set(Optional.empty());
        assertThat(who()).isEqualTo("nobody");
        leave.run();
    }

    @Test
    void anotherThreadKnowsNothingOfIt() throws Exception {
        Runnable leave = enter(ALICE);
        assertThat(there(CurrentCallerTest::who)).isEqualTo("nobody");
        CompletableFuture<String> child = new CompletableFuture<>();
        Thread thread = new Thread(() -> child.complete(who()));
        thread.start();
        assertThat(child.get(10, TimeUnit.SECONDS)).isEqualTo("nobody");
        leave.run();
    }

    // on another one

    @Test
    void wrappedWorkIsDoneInTheNameOfWhoWrappedIt() throws Exception {
        AtomicReference<String> ran = new AtomicReference<>();
        Runnable leave = enter(ALICE);
        Runnable work = Caller.wrap((Runnable) () -> ran.set(who()));
        Callable<String> question = Caller.wrap((Callable<String>) CurrentCallerTest::who);
        leave.run();
        assertThat(there(question)).isEqualTo("alice");
        assertThat(there(() -> {
                    work.run();
                    return who();
                }))
                .isEqualTo("nobody");
        assertThat(ran).hasValue("alice");
    }

    /** The request that it came from may have ended, or been logged out, long before. */
    @Test
    void wrappedWorkKeepsWhoCalledThen() throws Exception {
        AtomicReference<Optional<Caller>> caller = new AtomicReference<>(Optional.of(ALICE));
        Runnable leave = CurrentCaller.enter(caller::get);
        Callable<String> question = Caller.wrap((Callable<String>) CurrentCallerTest::who);
        caller.set(Optional.of(BOB));
        assertThat(question.call()).isEqualTo("alice");
        assertThat(who()).isEqualTo("bob");
        leave.run();
    }

    @Test
    void workThatNobodyWrappedIsNobodys() throws Exception {
        Callable<String> question = Caller.wrap((Callable<String>) CurrentCallerTest::who);
        Runnable leave = enter(BOB);
        assertThat(question.call()).isEqualTo("nobody");
        assertThat(who()).isEqualTo("bob");
        leave.run();
    }

    @Test
    void theInnermostWrappingCounts() throws Exception {
        Runnable leaveAlice = enter(ALICE);
        Callable<String> inner = Caller.wrap((Callable<String>) CurrentCallerTest::who);
        leaveAlice.run();
        Runnable leaveBob = enter(BOB);
        Callable<String> outer = Caller.wrap((Callable<String>) () -> who() + " " + inner.call() + " " + who());
        leaveBob.run();
        assertThat(there(outer)).isEqualTo("bob alice bob");
    }

    /** An executor takes who calls when it is handed the work, not when it was wrapped itself. */
    @Test
    void anExecutorWorksForWhoHandsOver() {
        List<Runnable> queue = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        Runnable leaveAlice = enter(ALICE);
        Executor executor = Caller.wrap((Executor) queue::add);
        leaveAlice.run();
        executor.execute(() -> seen.add(who()));
        Runnable leaveBob = enter(BOB);
        executor.execute(() -> seen.add(who()));
        leaveBob.run();
        assertThat(seen).isEmpty();
        queue.forEach(Runnable::run);
        assertThat(seen).containsExactly("nobody", "bob");
    }

    @Test
    void anExecutorThatRefusesSaysSo() {
        Executor executor = Caller.wrap((Executor) pool);
        pool.shutdownNow();
        assertThatThrownBy(() -> executor.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aThreadThatIsUsedAgainKnowsNothing() throws Exception {
        Executor executor = Caller.wrap((Executor) pool);
        Runnable leave = enter(ALICE);
        CompletableFuture<String> first = new CompletableFuture<>();
        executor.execute(() -> first.complete(Thread.currentThread().getName() + who()));
        leave.run();
        String thread = there(() -> Thread.currentThread().getName());
        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(thread + "alice");
        assertThat(there(CurrentCallerTest::who)).isEqualTo("nobody");
    }

    private static Stream<Throwable> failures() {
        return Stream.of(new IllegalStateException("runtime"), new IOException("checked"), new AssertionError("error"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void workThatFailsLeavesToo(Throwable failure) {
        Runnable leaveAlice = enter(ALICE);
        Callable<String> question = Caller.wrap((Callable<String>) () -> raise(failure));
        Runnable work = Caller.wrap((Runnable) () -> CurrentCallerTest.<RuntimeException>raise(failure));
        leaveAlice.run();
        Runnable leaveBob = enter(BOB);
        assertThatThrownBy(question::call).isSameAs(failure);
        assertThat(who()).isEqualTo("bob");
        assertThatThrownBy(work::run).isSameAs(failure);
        assertThat(who()).isEqualTo("bob");
        leaveBob.run();
    }

    /** Throws it, whatever it is. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> String raise(Throwable failure) throws E {
        throw (E) failure;
    }

    @Test
    void virtualThreadsAreThreads() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21);
        ExecutorService virtual = (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        try {
            CompletableFuture<String> wrapped = new CompletableFuture<>();
            Runnable leave = enter(ALICE);
            Caller.wrap((Executor) virtual).execute(() -> wrapped.complete(Thread.currentThread() + who()));
            Callable<String> bare = CurrentCallerTest::who;
            assertThat(virtual.submit(bare).get(10, TimeUnit.SECONDS)).isEqualTo("nobody");
            leave.run();
            assertThat(wrapped.get(10, TimeUnit.SECONDS))
                    .startsWith("VirtualThread[")
                    .endsWith("alice");
        } finally {
            virtual.shutdownNow();
        }
    }

    // frameworks

    @Test
    void frameworksAreAskedWhereNothingWasSaid() {
        AtomicInteger asked = new AtomicInteger();
        Runnable forget = CurrentCaller.ask(() -> {
            asked.incrementAndGet();
            return Optional.of(BOB);
        });
        assertThat(who()).isEqualTo("bob");
        Runnable leaveAlice = enter(ALICE);
        assertThat(who()).isEqualTo("alice");
        leaveAlice.run();
        Runnable leaveNobody = CurrentCaller.enter(Optional::empty);
        assertThat(who()).isEqualTo("nobody");
        leaveNobody.run();
        assertThat(asked).hasValue(1);
        forget.run();
        assertThat(who()).isEqualTo("nobody");
        assertThat(asked).hasValue(1);
    }

    @Test
    void theFirstFrameworkThatKnowsIsBelieved() {
        Runnable forgetFirst = CurrentCaller.ask(Optional::empty);
        Runnable forgetSecond = CurrentCaller.ask(() -> Optional.of(BOB));
        Runnable forgetThird = CurrentCaller.ask(() -> Optional.of(ALICE));
        assertThat(who()).isEqualTo("bob");
        forgetSecond.run();
        assertThat(who()).isEqualTo("alice");
        forgetThird.run();
        assertThat(who()).isEqualTo("nobody");
        forgetFirst.run();
    }

    @Test
    void whatAFrameworkSaysIsWrapped() throws Exception {
        AtomicReference<Optional<Caller>> request = new AtomicReference<>(Optional.of(BOB));
        Runnable forget = CurrentCaller.ask(request::get);
        Callable<String> question = Caller.wrap((Callable<String>) CurrentCallerTest::who);
        request.set(Optional.of(ALICE));
        assertThat(there(question)).isEqualTo("bob");
        forget.run();
    }

    @Test
    void aFrameworkIsAskedOnAnyThread() throws Exception {
        ThreadLocal<String> request = new ThreadLocal<>();
        Supplier<Optional<Caller>> framework =
                () -> Optional.ofNullable(request.get()).map(name -> BOB);
        Runnable forget = CurrentCaller.ask(framework);
        assertThat(there(() -> {
                    request.set("bob's");
                    return who();
                }))
                .isEqualTo("bob");
        assertThat(who()).isEqualTo("nobody");
        forget.run();
        assertThat(there(CurrentCallerTest::who)).isEqualTo("nobody");
    }

    /** Two applications may say the same thing; each takes back only its own. */
    @Test
    void takesBackOneFrameworkOnly() {
        Supplier<Optional<Caller>> framework = () -> Optional.of(BOB);
        Runnable forget = CurrentCaller.ask(framework);
        Runnable forgetOther = CurrentCaller.ask(framework);
        forget.run();
        assertThat(who()).isEqualTo("bob");
        forgetOther.run();
        assertThat(who()).isEqualTo("nobody");
    }
}
