package io.mapae.benchmarks.page;

import io.mapae.benchmarks.Measurement;
import io.mapae.benchmarks.Run;
import java.util.List;
import java.util.Optional;

/** All that is kept. */
record Runs(List<Run> all) {
    /** Of one part, the older JDK first. */
    List<Run> of(String part) {
        return all.stream().filter(run -> run.part().equals(part)).toList();
    }

    /** On the oldest JDK that has it, which is what applications that do not change run on. */
    Optional<Run> first(String part) {
        return of(part).stream().findFirst();
    }

    Optional<Measurement> find(String part, String benchmark, String variant) {
        return first(part).flatMap(run -> run.find(benchmark, variant));
    }
}
