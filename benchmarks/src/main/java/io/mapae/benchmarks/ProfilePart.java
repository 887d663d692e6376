package io.mapae.benchmarks;

import io.mapae.verify.TokenVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time of a token's first sight goes, by samples of JDK Flight Recorder: of each the innermost class of ours. CPU time
 * is its share of what one token takes.
 */
public final class ProfilePart implements Part {
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final String OURS = "io.mapae.";
    private static final Duration PERIOD = Duration.ofMillis(10);
    private static final double NANOS_PER_MICRO = 1_000;

    /** Whatever else the classes of this module are doing. */
    private static final String ELSEWHERE = "io.mapae.benchmarks";

    @Override
    public String settings(Pace pace) {
        return "JDK Flight Recorder, a sample each " + PERIOD.toMillis() + " ms, " + seconds(pace) + " s an algorithm";
    }

    private static double seconds(Pace pace) {
        return pace.of(20.0, 5.0, 0.5);
    }

    @Override
    public List<Measurement> measure(Pace pace) throws Exception {
        List<Measurement> measurements = new ArrayList<>();
        for (Scheme scheme : List.of(Scheme.RS256, Scheme.HS256)) {
            TokenVerifier verifier = Verifiers.mapae(scheme);
            Rotation<String> tokens = Rotation.of(Tokens.good(scheme)::text);
            verify(verifier, tokens, seconds(pace)); // until it is compiled
            Path file = Files.createTempFile("first-sight", ".jfr");
            try (Recording recording = new Recording()) {
                recording.enable(SAMPLE).withPeriod(PERIOD);
                recording.start();
                double micros = verify(verifier, tokens, seconds(pace));
                recording.stop();
                recording.dump(file);
                measurements.addAll(shares(scheme, samples(file), micros));
            } finally {
                Files.delete(file);
            }
        }
        return measurements;
    }

    /** What one took, by the clock. */
    private static double verify(TokenVerifier verifier, Rotation<String> tokens, double seconds) {
        long begun = System.nanoTime();
        long count = 0;
        while (System.nanoTime() - begun < seconds * 1e9) {
            for (int i = 0; i < 100; i++, count++) {
                var unused = verifier.verify(tokens.next());
            }
        }
        return (System.nanoTime() - begun) / NANOS_PER_MICRO / count;
    }

    /** By the innermost class of ours. */
    private static Map<String, Integer> samples(Path file) throws IOException {
        Map<String, Integer> samples = new TreeMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if (event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
                event.getStackTrace().getFrames().stream()
                        .map(ProfilePart::type)
                        .filter(type -> type.startsWith(OURS))
                        .findFirst()
                        .filter(type -> !type.startsWith(ELSEWHERE))
                        .ifPresent(type -> samples.merge(simple(type), 1, Integer::sum));
            }
        }
        return samples;
    }

    private static String type(RecordedFrame frame) {
        return frame.getMethod().getType().getName();
    }

    /** Without its package, and the class that it stands in. */
    private static String simple(String type) {
        return type.substring(type.lastIndexOf('.') + 1).replaceFirst("\\$.*", "");
    }

    private static List<Measurement> shares(Scheme scheme, Map<String, Integer> samples, double micros) {
        int all = samples.values().stream().mapToInt(Integer::intValue).sum();
        return samples.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(each -> {
                    double share = each.getValue() / (double) all;
                    double error = Math.sqrt(each.getValue()) / all; // of a count
                    return new Measurement(
                            scheme.name(),
                            each.getKey(),
                            new Value(share * micros, error * micros),
                            Value.NONE,
                            Value.NONE);
                })
                .toList();
    }
}
