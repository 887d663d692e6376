package io.mapae.jws;

import java.util.function.BiFunction;
import java.util.function.Function;

/** What came of reading a text: what it says, or why it says nothing. */
public sealed interface Reading<T> {
    /** The text was what it should be. */
    record Read<T>(T value) implements Reading<T> {}

    /**
     * The text was not what it should be.
     *
     * @param member the header parameter or claim at fault, in a name of the specification's; empty where none is
     */
    record Flawed<T>(Flaw flaw, String member) implements Reading<T> {}

    /** What was read. */
    static <T> Reading<T> of(T value) {
        return new Read<>(value);
    }

    /** A flaw of no single member. */
    static <T> Reading<T> flawed(Flaw flaw) {
        return new Flawed<>(flaw, "");
    }

    /** A flaw of one member. */
    static <T> Reading<T> flawed(Flaw flaw, String member) {
        return new Flawed<>(flaw, member);
    }

    /** What one of the two functions makes of it: of the value, or of the flaw and its member. */
    default <R> R fold(Function<? super T, ? extends R> read, BiFunction<Flaw, String, ? extends R> flawed) {
        return this instanceof Read<T> good
                ? read.apply(good.value())
                : flawed.apply(((Flawed<T>) this).flaw(), ((Flawed<T>) this).member());
    }

    /** Reads on from what was read; a flaw stays the flaw it is. */
    default <R> Reading<R> then(Function<? super T, Reading<R>> next) {
        return fold(next, Reading::flawed);
    }
}
