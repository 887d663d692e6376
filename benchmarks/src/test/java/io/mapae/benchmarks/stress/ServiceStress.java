package io.mapae.benchmarks.stress;

import io.mapae.benchmarks.Circumstances;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The same for the token service, on real stores: {@code ServiceStress DIRECTORY QUICK [SCENARIO…]}. */
final class ServiceStress {
    private static final String TITLE = "The token service under crowds, kills and outages";

    private ServiceStress() {}

    public static void main(String[] args) throws Exception {
        boolean quick = Boolean.parseBoolean(args[1]);
        ServiceScale scale = quick ? ServiceScale.QUICK : ServiceScale.FULL;
        List<String> wanted = List.of(args).subList(2, args.length);
        Map<String, String> circumstances = Circumstances.now(
                "ES256, two nodes of 256 MB, stores with every write on the" + " disk, and whoever asks, on one machine"
                        + (quick ? "; a quick run, of less than the targets ask" : ""));
        Path file =
                Path.of(args[0]).resolve("token-service-jdk" + Runtime.version().feature() + ".txt");
        Files.createDirectories(file.getParent());
        StressReport report = new StressReport(TITLE, circumstances, List.of());
        for (ServiceStore store : ServiceStore.values()) {
            for (Scenario scenario : scenarios(store, scale, wanted)) {
                System.out.println(scenario.title());
                Chapter chapter = new Chapter(scenario.title(), scenario.run());
                chapter.figures().forEach(figure -> System.out.println(figure.line()));
                List<Chapter> chapters = new ArrayList<>(report.chapters());
                chapters.add(chapter);
                report = new StressReport(TITLE, circumstances, chapters);
                Files.writeString(file, report.text()); // so that a run that is broken off leaves something
            }
        }
        List<String> wrong = report.wrong();
        if (!wrong.isEmpty()) {
            System.err.println("wrong: " + String.join("; ", wrong));
        }
        System.exit(wrong.isEmpty() ? 0 : 1); // pools of the stores may go on
    }

    private static List<Scenario> scenarios(ServiceStore store, ServiceScale scale, List<String> wanted) {
        return Stream.<Scenario>of(
                        new KilledNodes(store, scale),
                        new SessionRaces(store, scale),
                        new StoreOutage(store, scale),
                        new Passwording(store, scale),
                        new RefreshRate(store, scale))
                .filter(scenario ->
                        wanted.isEmpty() || wanted.contains(scenario.getClass().getSimpleName()))
                .toList();
    }
}
