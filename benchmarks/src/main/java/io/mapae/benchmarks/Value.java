package io.mapae.benchmarks;

/**
 * A figure.
 *
 * @param score what was found; zero where it was not looked for
 * @param error by how much it may be off
 */
public record Value(double score, double error) {
    /** Was not looked for. */
    public static final Value NONE = new Value(0, 0);

    /** In another unit. */
    public Value times(double factor) {
        return new Value(score * factor, error * factor);
    }

    /** By how much it is more. */
    public Value minus(Value other) {
        return new Value(score - other.score, error + other.error);
    }

    /** How many times as much it is, its error that to the lower side. */
    public Value over(Value other) {
        double ratio = score / other.score;
        return new Value(ratio, ratio - (score - error) / (other.score + other.error));
    }
}
