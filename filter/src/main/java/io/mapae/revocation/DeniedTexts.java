package io.mapae.revocation;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Denied texts, each with two times in seconds since 1970, of which only digests are kept: 25 bytes each, at most 50 with
 * the room between them, as segments are from half to three quarters full. They grow one by one, so that growing needs
 * little more. A few bits say of most texts that they are not there, without a look at memory that no cache holds. Readers
 * take no lock and never wait; writers wait for each other.
 */
final class DeniedTexts {
    /** What is found where there is nothing. */
    static final long NOTHING = 0;

    private static final int SEGMENT_BITS = 6;
    private static final int SEGMENTS = 1 << SEGMENT_BITS;
    private static final int SMALLEST = 16;
    /** Of a segment: places of high, low and times, high written last and 0 as long as there is nothing; then the bits. */
    private static final int STRIDE = 3;

    private static final int BITS = 8; // for each place, of which a text that is there has set one
    private static final long LATEST = 0xFFFF_FFFFL; // in the year 2106
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private final SipHash hash;
    private final AtomicReferenceArray<long[]> segments = new AtomicReferenceArray<>(SEGMENTS);
    private final int[] sizes = new int[SEGMENTS]; // guarded by this
    private int untidied; // guarded by this
    private volatile boolean empty = true;

    DeniedTexts(SipHash hash) {
        this.hash = hash;
        for (int i = 0; i < SEGMENTS; i++) {
            segments.setPlain(i, empty(SMALLEST));
        }
        VarHandle.releaseFence();
    }

    /** The times of a text that is there, for {@link #until} and {@link #before}; else {@link #NOTHING}. */
    long times(String text) {
        if (empty) {
            return NOTHING;
        }
        Digest digest = hash.of(text);
        long[] cells = segments.getAcquire(segment(digest.high()));
        if (((long) CELL.getAcquire(cells, bits(cells, digest.low())) & bit(cells, digest.low())) == 0) {
            return NOTHING;
        }
        int at = position(cells, digest.high(), digest.low());
        return (long) CELL.getAcquire(cells, at) == 0 ? NOTHING : (long) CELL.getAcquire(cells, at + 2);
    }

    static long until(long times) {
        return times & LATEST;
    }

    static long before(long times) {
        return times >>> Integer.SIZE;
    }

    /** Denies a text; of its times the later ones count. Whatever ran out before {@code now} may go. */
    synchronized void deny(String text, long before, long until, long now) {
        long times = bounded(before) << Integer.SIZE | Math.max(1, bounded(until));
        Digest digest = hash.of(text);
        int segment = segment(digest.high());
        long[] cells = segments.getPlain(segment);
        int at = position(cells, digest.high(), digest.low());
        if (cells[at] != 0) {
            CELL.setRelease(cells, at + 2, later(cells[at + 2], times));
            return;
        }
        if ((sizes[segment] + 1) * 4 > capacity(cells) * 3) {
            cells = renewed(segment, now);
        }
        put(cells, digest.high(), digest.low(), times);
        sizes[segment]++;
        empty = false;
    }

    private static long bounded(long seconds) {
        return Math.max(0, Math.min(LATEST, seconds));
    }

    private static long later(long one, long other) {
        return Math.max(before(one), before(other)) << Integer.SIZE | Math.max(until(one), until(other));
    }

    /** Forgets what ran out before {@code now}, in one segment after another with each call. */
    synchronized void tidy(long now) {
        long[] cells = segments.getPlain(untidied);
        if (alive(cells, now) < sizes[untidied]) {
            renewed(untidied, now);
        }
        untidied = (untidied + 1) % SEGMENTS;
    }

    /** A segment with what has not run out, half full. */
    private long[] renewed(int segment, long now) {
        long[] old = segments.getPlain(segment);
        int alive = alive(old, now);
        long[] cells = empty(Math.max(SMALLEST, alive * 2));
        for (int at = 0; at < capacity(old) * STRIDE; at += STRIDE) {
            if (old[at] != 0 && until(old[at + 2]) >= now) {
                put(cells, old[at], old[at + 1], old[at + 2]);
            }
        }
        sizes[segment] = alive;
        segments.setRelease(segment, cells);
        return cells;
    }

    private static int alive(long[] cells, long now) {
        int alive = 0;
        for (int at = 0; at < capacity(cells) * STRIDE; at += STRIDE) {
            alive += cells[at] != 0 && until(cells[at + 2]) >= now ? 1 : 0;
        }
        return alive;
    }

    private static int segment(long high) {
        return (int) (high >>> (Long.SIZE - SEGMENT_BITS));
    }

    /** Where it is, or would be put. There is always a free place. */
    private static int position(long[] cells, long high, long low) {
        int capacity = capacity(cells);
        int at = (int) (((low >>> Integer.SIZE) * capacity) >>> Integer.SIZE) * STRIDE;
        while (true) {
            long found = (long) CELL.getAcquire(cells, at);
            if (found == 0 || (found == high && cells[at + 1] == low)) {
                return at;
            }
            at = at + STRIDE == capacity * STRIDE ? 0 : at + STRIDE;
        }
    }

    private static void put(long[] cells, long high, long low, long times) {
        int at = position(cells, high, low);
        cells[at + 1] = low;
        CELL.setOpaque(cells, at + 2, times);
        CELL.setRelease(cells, at, high);
        int bits = bits(cells, low);
        CELL.setRelease(cells, bits, cells[bits] | bit(cells, low));
    }

    /** A segment of at least so many places. */
    private static long[] empty(int capacity) {
        int words = (capacity + Long.SIZE / BITS - 1) / (Long.SIZE / BITS);
        return new long[words * (STRIDE * Long.SIZE / BITS + 1)];
    }

    private static int capacity(long[] cells) {
        return cells.length / (STRIDE * Long.SIZE / BITS + 1) * (Long.SIZE / BITS);
    }

    /** Where a text's bit is. */
    private static int bits(long[] cells, long low) {
        return capacity(cells) * STRIDE + (int) (number(cells, low) / Long.SIZE);
    }

    private static long bit(long[] cells, long low) {
        return 1L << number(cells, low);
    }

    private static long number(long[] cells, long low) {
        return ((low & 0xFFFF_FFFFL) * capacity(cells) * BITS) >>> Integer.SIZE;
    }

    /** How many are held, with those that have run out of late. */
    synchronized int size() {
        int size = 0;
        for (int each : sizes) {
            size += each;
        }
        return size;
    }

    /** How much memory the segments take. */
    synchronized long bytes() {
        long cells = 0;
        for (int i = 0; i < SEGMENTS; i++) {
            cells += segments.getPlain(i).length;
        }
        return cells * Long.BYTES;
    }
}
