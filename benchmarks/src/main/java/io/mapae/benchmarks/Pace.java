package io.mapae.benchmarks;

/** How long to measure. */
public enum Pace {
    /** For figures to publish. */
    FULL,
    /** Tells an order of magnitude. */
    QUICK,
    /** Tells that everything runs. */
    MOMENT;

    /** What belongs to this pace. */
    public <T> T of(T full, T quick, T moment) {
        return switch (this) {
            case FULL -> full;
            case QUICK -> quick;
            case MOMENT -> moment;
        };
    }
}
