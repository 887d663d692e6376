package io.mapae.benchmarks.stress;

import io.mapae.benchmarks.Circumstances;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs every scenario, writes the report and fails if an outcome was wrong: {@code Stress DIRECTORY}. */
final class Stress {
    private Stress() {}

    public static void main(String[] args) throws Exception {
        Map<String, String> circumstances = Circumstances.now(
                "RS256, HTTP over loopback; deadline " + Engine.DEADLINE + ", cooldown " + Engine.COOLDOWN);
        List<Chapter> chapters = new ArrayList<>();
        for (Scenario scenario : List.of(
                new KnownKey(),
                new UnknownKeys(),
                new KeyRotation(),
                new ManyUnknownKeys(),
                new EndlessBodies(),
                new Recovery())) {
            System.out.println(scenario.title());
            Chapter chapter = new Chapter(scenario.title(), scenario.run());
            chapter.figures().forEach(figure -> System.out.println(figure.line()));
            chapters.add(chapter);
        }
        StressReport report =
                new StressReport("Keys from the network under floods and outages", circumstances, chapters);
        Path file = Path.of(args[0]).resolve("keys-jdk" + Runtime.version().feature() + ".txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, report.text());
        List<String> wrong = report.wrong();
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("wrong: " + String.join("; ", wrong));
        }
    }
}
