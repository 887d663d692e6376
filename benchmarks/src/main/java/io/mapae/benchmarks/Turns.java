package io.mapae.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one way takes above another that is nearly as long. They take turns of few calls, and each median is that of all
 * turns: a busy machine disturbs both alike, and some turns not at all. For one thread.
 */
public final class Turns {
    static final int CALLS = 100;
    private static final double NANOS_PER_MICRO = 1_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Callable<?> base;
    private final Callable<?> other;

    /** Kept where the compiler cannot know that nobody looks at it. */
    volatile @Nullable Object latest;

    Turns(Callable<?> base, Callable<?> other) {
        this.base = base;
        this.other = other;
    }

    /** What a call took on average in one turn, or by how much it took more. */
    record Turn(double micros, double wall, double bytes) {
        Turn above(Turn base) {
            return new Turn(micros - base.micros, wall - base.wall, bytes - base.bytes);
        }
    }

    /** {@code plain}, {@code secured} and {@code added}, the errors half of what the middle half spans. */
    List<Measurement> measure(int warmups, int turns) throws Exception {
        List<Turn> bases = new ArrayList<>();
        List<Turn> others = new ArrayList<>();
        List<Turn> added = new ArrayList<>();
        for (int i = -warmups; i < turns; i++) {
            Turn before = turn(base);
            Turn after = turn(other);
            if (i >= 0) {
                bases.add(before);
                others.add(after);
                added.add(after.above(before));
            }
        }
        return List.of(median("plain", bases), median("secured", others), median("added", added));
    }

    private Turn turn(Callable<?> way) throws Exception {
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long wall = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < CALLS; i++) {
            latest = way.call();
        }
        return new Turn(
                (threads.getCurrentThreadCpuTime() - cpu) / NANOS_PER_MICRO / CALLS,
                (System.nanoTime() - wall) / NANOS_PER_MICRO / CALLS,
                (threads.getCurrentThreadAllocatedBytes() - bytes) / (double) CALLS);
    }

    static Measurement median(String name, List<Turn> turns) {
        return new Measurement(
                name, "-", median(turns, Turn::micros), median(turns, Turn::wall), median(turns, Turn::bytes));
    }

    /** The median, its error half of what the middle half spans. */
    public static <T> Value median(List<T> turns, ToDoubleFunction<T> figure) {
        return new Value(quarter(2, turns, figure), (quarter(3, turns, figure) - quarter(1, turns, figure)) / 2);
    }

    /** What so many quarters of the turns are below. */
    private static <T> double quarter(int quarters, List<T> turns, ToDoubleFunction<T> figure) {
        return turns.stream().mapToDouble(figure).sorted().toArray()[turns.size() * quarters / 4];
    }
}
