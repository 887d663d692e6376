package io.mapae.benchmarks.stress;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What a verifier said how often, and how long that took it. Safe for use by several threads. */
final class Tally {
    private final Subject subject;
    private final Map<String, LongAdder> outcomes = new ConcurrentSkipListMap<>();
    private final Latencies latencies = new Latencies();

    Tally(Subject subject) {
        this.subject = subject;
    }

    String verify(String token) {
        long begun = System.nanoTime();
        String outcome = subject.verify(token);
        latencies.add(System.nanoTime() - begun);
        outcomes.computeIfAbsent(outcome, first -> new LongAdder()).increment();
        return outcome;
    }

    Latencies latencies() {
        return latencies;
    }

    /** How often it said none of these. */
    long otherThan(String... allowed) {
        return outcomes.entrySet().stream()
                .filter(outcome -> !List.of(allowed).contains(outcome.getKey()))
                .mapToLong(outcome -> outcome.getValue().sum())
                .sum();
    }

    @Override
    public String toString() {
        return outcomes.entrySet().stream()
                .map(outcome -> outcome.getValue() + " " + outcome.getKey())
                .collect(Collectors.joining(", "));
    }
}
