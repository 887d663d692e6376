package io.mapae.benchmarks;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** So many different values, over and over: of tokens, nothing but the header is met twice in a row. For one thread. */
final class Rotation<T> {
    private static final int SIZE = 64;

    private final List<T> values;
    private int next;

    private Rotation(List<T> values) {
        this.values = values;
    }

    static <T> Rotation<T> of(Supplier<T> source) {
        return of(source, SIZE);
    }

    static <T> Rotation<T> of(Supplier<T> source, int size) {
        return new Rotation<>(Stream.generate(source).limit(size).toList());
    }

    <R> Rotation<R> map(Function<? super T, R> mapping) {
        return new Rotation<>(values.stream().<R>map(mapping).toList());
    }

    T next() {
        next = (next + 1) % values.size();
        return values.get(next);
    }
}
