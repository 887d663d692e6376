package io.mapae.benchmarks.stress;

import java.time.Duration;
import java.util.Locale;

/** One thing that was found, beside what it should be. */
record Figure(String name, String found, String target, Verdict verdict) {
    enum Verdict {
        /** There is no target. */
        NONE(""),
        MET("met"),
        /** Something took too long, which may be the machine's fault. */
        MISSED("MISSED"),
        /** An outcome that no machine excuses. */
        WRONG("WRONG");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static Figure plain(String name, Object found) {
        return new Figure(name, String.valueOf(found), "", Verdict.NONE);
    }

    static Figure millis(String name, double millis) {
        return plain(name, number(millis));
    }

    static Figure none(String name, long found) {
        return new Figure(name, String.valueOf(found), "0", verdict(found == 0, Verdict.WRONG));
    }

    static Figure atMost(String name, long limit, long found) {
        return new Figure(name, String.valueOf(found), "≤ " + limit, verdict(found <= limit, Verdict.WRONG));
    }

    static Figure atLeast(String name, long limit, long found) {
        return new Figure(name, String.valueOf(found), "≥ " + limit, verdict(found >= limit, Verdict.WRONG));
    }

    static Figure outcome(String name, String expected, String found) {
        return new Figure(name, found, expected, verdict(found.equals(expected), Verdict.WRONG));
    }

    static Figure inTime(String name, Duration limit, double millis) {
        return ratio(name, (double) limit.toMillis(), millis);
    }

    /** Of times. */
    static Figure ratio(String name, double limit, double found) {
        return new Figure(name, number(found), "≤ " + number(limit), verdict(found <= limit, Verdict.MISSED));
    }

    private static Verdict verdict(boolean asItShouldBe, Verdict otherwise) {
        return asItShouldBe ? Verdict.MET : otherwise;
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    String line() {
        return String.format(Locale.ROOT, "  %-52s%14s  %-12s%s", name, found, target, verdict)
                .stripTrailing();
    }
}
