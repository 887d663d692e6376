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
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;

/** What Mapae adds to the start of an application. */
final class StartUpPart implements Part {
    private static final double MICROS_PER_MILLI = 1_000;

    /** How often to deploy each application: so many JVMs with one deployment, and the turns of one JVM. */
    private record Repetitions(int jvms, int warmUps, int turns) {}

    /** Deployments without and with Mapae, which took turns. */
    private record Series(String name, List<Deployment> plain, List<Deployment> secured) {
        List<Deployment> added() {
            return IntStream.range(0, plain.size())
                    .mapToObj(turn -> secured.get(turn).above(plain.get(turn)))
                    .toList();
        }
    }

    private static Repetitions repetitions(Pace pace) {
        return pace.of(new Repetitions(15, 20, 50), new Repetitions(5, 5, 10), new Repetitions(1, 0, 2));
    }

    @Override
    public String settings(Pace pace) {
        Repetitions repetitions = repetitions(pace);
        return "cold " + repetitions.jvms() + " times, warm " + repetitions.turns() + " times after "
                + repetitions.warmUps() + ", on " + ServerInfo.getServerInfo();
    }

    @Override
    public List<Measurement> measure(Pace pace) throws IOException, InterruptedException {
        return series(repetitions(pace)).stream()
                .flatMap(StartUpPart::measurements)
                .toList();
    }

    private static Stream<Measurement> measurements(Series series) {
        return Stream.of(
                        Map.entry("plain", series.plain()),
                        Map.entry("secured", series.secured()),
                        Map.entry("added", series.added()))
                .flatMap(each -> Stream.of(
                        new Measurement(
                                series.name(),
                                each.getKey(),
                                micros(each.getValue(), Deployment::cpu),
                                micros(each.getValue(), Deployment::wall),
                                Value.NONE),
                        new Measurement(
                                series.name() + ", first request",
                                each.getKey(),
                                Value.NONE,
                                micros(each.getValue(), Deployment::first),
                                Value.NONE)));
    }

    private static Value micros(List<Deployment> deployments, ToDoubleFunction<Deployment> millis) {
        return Turns.median(deployments, millis).times(MICROS_PER_MILLI);
    }

    /** Cold, then warm. */
    private static List<Series> series(Repetitions pace) throws IOException, InterruptedException {
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

    private static Series cold(Path work, String token, Repetitions pace, Path plain, Path secured)
            throws IOException, InterruptedException {
        Series series = new Series("cold", new ArrayList<>(), new ArrayList<>());
        for (int jvm = 0; jvm < pace.jvms(); jvm++) {
            series.plain().addAll(deployments(work, token, 0, 1, List.of(plain)));
            series.secured().addAll(deployments(work, token, 0, 1, List.of(secured)));
        }
        return series;
    }

    private static Series warm(Path work, String token, Repetitions pace, Path plain, Path secured)
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

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
