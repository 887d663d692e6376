package io.mapae.benchmarks;

import io.mapae.testkit.TokenBuilder;
import jakarta.annotation.PostConstruct;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;

/** Measures what Mapae adds to the start of an application and writes the report: {@code StartUpSuite DIRECTORY QUICK}. */
final class StartUpSuite {
    static final double ADDED_MILLIS = 300;

    /** How often to deploy each application: so many JVMs with one deployment, and the turns of one JVM. */
    record Pace(int jvms, int warmUps, int turns) {
        private static final Pace FULL = new Pace(15, 20, 50);
        private static final Pace QUICK = new Pace(5, 5, 10);

        @Override
        public String toString() {
            return "cold " + jvms + " times, warm " + turns + " times after " + warmUps;
        }
    }

    /** Deployments without and with Mapae, which took turns. */
    record Series(String name, List<Deployment> plain, List<Deployment> secured) {
        List<Deployment> added() {
            return IntStream.range(0, plain.size())
                    .mapToObj(turn -> secured.get(turn).above(plain.get(turn)))
                    .toList();
        }
    }

    private StartUpSuite() {}

    public static void main(String[] args) throws Exception {
        Pace pace = Boolean.parseBoolean(args[1]) ? Pace.QUICK : Pace.FULL;
        Map<String, String> circumstances = Circumstances.now(pace + ", on " + ServerInfo.getServerInfo());
        String report = report(circumstances, measure(pace));
        Path file = Path.of(args[0]).resolve("startup-jdk" + Runtime.version().feature() + ".txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, report);
        System.out.println(report);
    }

    /** Cold, then warm. */
    static List<Series> measure(Pace pace) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("startup");
        try {
            Path keys = Files.writeString(work.resolve("jwks.json"), "{\"keys\":[" + Scheme.RS256.jwk() + "]}");
            Path plain = WebArchive.plain(work);
            Path secured = WebArchive.secured(
                    work,
                    Map.of(
                            "issuer", TokenBuilder.ISSUER,
                            "audience", TokenBuilder.AUDIENCE,
                            "jwks-uri", keys.toUri().toString()));
            String token = Tokens.good(Scheme.RS256).text();
            return List.of(cold(work, token, pace, plain, secured), warm(work, token, pace, plain, secured));
        } finally {
            delete(work);
        }
    }

    private static Series cold(Path work, String token, Pace pace, Path plain, Path secured)
            throws IOException, InterruptedException {
        Series series = new Series("cold", new ArrayList<>(), new ArrayList<>());
        for (int jvm = 0; jvm < pace.jvms(); jvm++) {
            series.plain().addAll(deployments(work, token, 0, 1, List.of(plain)));
            series.secured().addAll(deployments(work, token, 0, 1, List.of(secured)));
        }
        return series;
    }

    private static Series warm(Path work, String token, Pace pace, Path plain, Path secured)
            throws IOException, InterruptedException {
        List<Deployment> all = deployments(work, token, pace.warmUps(), pace.turns(), List.of(plain, secured));
        return new Series("warm", every(2, 0, all), every(2, 1, all));
    }

    private static List<Deployment> every(int step, int from, List<Deployment> all) {
        return IntStream.iterate(from, at -> at < all.size(), at -> at + step)
                .mapToObj(all::get)
                .toList();
    }

    /** In a JVM of their own, whose class path is a server's. */
    private static List<Deployment> deployments(Path work, String token, int warmUps, int turns, List<Path> wars)
            throws IOException, InterruptedException {
        String server = Stream.of(Deployments.class, Tomcat.class, PostConstruct.class)
                .map(type -> WebArchive.origin(type).toString())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> arguments = new ArrayList<>(
                List.of(work.resolve("tomcat").toString(), token, String.valueOf(warmUps), String.valueOf(turns)));
        wars.forEach(war -> arguments.add(war.toString()));
        return FreshJvm.run(List.of(), server, Deployments.class, arguments).stream()
                .map(Deployment::of)
                .toList();
    }

    /** The whole text, its lines ended by line feeds. */
    static String report(Map<String, String> circumstances, List<Series> measured) {
        return Stream.of(
                        Stream.of("Start-up of a web application", ""),
                        Report.lines(circumstances),
                        Stream.of(
                                "",
                                "A WAR with one page, deployed on a Tomcat that runs: as it is (plain), and with mapae-filter,",
                                "mapae-container-security and their libraries in WEB-INF/lib, keys from a file (secured). Tomcat",
                                "unpacks it, looks for annotations in what is in it, and loads its classes anew each time.",
                                "Cold: in a JVM each, which has deployed nothing before. Warm: in one JVM, in turns.",
                                "Wall is the clock's time until the application is started, CPU what the deploying thread used of",
                                "it, first the clock's time of the first request, with a good token: medians, ± half of what their",
                                "middle half spans.",
                                "",
                                format(
                                        "%-15s%10s%9s%10s%9s%10s%9s",
                                        "", "wall ms", "±", "CPU ms", "±", "first ms", "±")),
                        measured.stream().flatMap(StartUpSuite::rows),
                        Stream.of("", "Targets", ""),
                        measured.stream()
                                .map(series -> Report.line(new Target(
                                        "Mapae adds " + series.name() + ", ms",
                                        ADDED_MILLIS,
                                        Turns.quarter(2, series.added(), Deployment::wall),
                                        Turns.quarter(2, series.added(), Deployment::wall)
                                                - spread(series.added(), Deployment::wall)))))
                .flatMap(lines -> lines)
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<String> rows(Series series) {
        return Stream.of(
                row(series.name() + " plain", series.plain()),
                row(series.name() + " secured", series.secured()),
                row(series.name() + " added", series.added()));
    }

    private static String row(String name, List<Deployment> deployments) {
        return format("%-15s", name)
                + Stream.<ToDoubleFunction<Deployment>>of(Deployment::wall, Deployment::cpu, Deployment::first)
                        .map(figure -> format(
                                "%10.1f%9.1f", Turns.quarter(2, deployments, figure), spread(deployments, figure)))
                        .collect(Collectors.joining());
    }

    private static double spread(List<Deployment> deployments, ToDoubleFunction<Deployment> figure) {
        return (Turns.quarter(3, deployments, figure) - Turns.quarter(1, deployments, figure)) / 2;
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
