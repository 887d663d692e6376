package io.mapae.benchmarks.page;

import io.mapae.benchmarks.Value;
import java.util.Locale;

/** Numbers as the page shows them: three digits that count, as more would be noise. */
final class Numbers {
    private Numbers() {}

    static String text(double number) {
        double size = Math.abs(number);
        return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", number)
                .replace(',', ' '); // a thin space would be prettier, and is shown as a box by some
    }

    static String text(Value value) {
        return value.error() == 0 ? text(value.score()) : text(value.score()) + " ± " + text(value.error());
    }

    /** A dash for what was not looked for. */
    static String orDash(Value value) {
        return value.score() == 0 && value.error() == 0 ? "–" : text(value);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "×%.2f", ratio);
    }
}
