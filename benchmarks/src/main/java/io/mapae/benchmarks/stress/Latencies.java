package io.mapae.benchmarks.stress;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAccumulator;

/** How long many things took, each known to 3 %, in constant memory. Safe for use by several threads. */
final class Latencies {
    private static final int FINE_BITS = 5;
    private static final int FINE = 1 << FINE_BITS;
    private static final double NANOS_PER_MILLI = 1e6;

    private final AtomicLongArray counts = new AtomicLongArray(Long.SIZE * FINE);
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    void add(long nanos) {
        counts.incrementAndGet(bucket(nanos));
        longest.accumulate(nanos);
    }

    /** By the exponent, then by the highest bits. */
    private static int bucket(long nanos) {
        int shift = Math.max(0, Long.SIZE - 1 - FINE_BITS - Long.numberOfLeadingZeros(nanos));
        return shift * FINE + (int) (nanos >> shift);
    }

    /** The most that a bucket holds. */
    private static long most(int bucket) {
        int shift = Math.max(0, bucket / FINE - 1);
        long highest = (long) bucket - (long) shift * FINE;
        return ((highest + 1) << shift) - 1;
    }

    /** What that share of all took at the most. */
    double millis(double share) {
        long left = (long) Math.ceil(count() * share);
        int bucket = 0;
        while (left > counts.get(bucket)) {
            left -= counts.get(bucket++);
        }
        return Math.min(most(bucket), longest.get()) / NANOS_PER_MILLI;
    }

    double longestMillis() {
        return longest.get() / NANOS_PER_MILLI;
    }

    long count() {
        long count = 0;
        for (int bucket = 0; bucket < counts.length(); bucket++) {
            count += counts.get(bucket);
        }
        return count;
    }
}
