package io.mapae.benchmarks;

import io.mapae.benchmarks.page.Page;
import io.mapae.benchmarks.server.ServerPart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a part, or all, keeps what it found and writes the page anew: {@code Bench RESULTS_DIRECTORY PAGE PART|all QUICK}.
 * On JDK 17 the part {@code verify} runs on JDK 25 too, where there is one.
 */
final class Bench {
    static final String ALL = "all";
    private static final String ON_BOTH = "verify";
    private static final int NEWER = 25;

    private Bench() {}

    /** By name, in the order to be run in. */
    static Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put(ON_BOTH, new VerifyPart());
        parts.put("profile", new ProfilePart());
        parts.put("providers", new ProvidersPart());
        parts.put("cache", new CachePart());
        parts.put("signing", new SigningPart());
        parts.put("revocation", new RevocationPart());
        parts.put("scaling", new ScalingPart());
        parts.put("server", new ServerPart());
        parts.put("jaxrs", new JaxRsPart());
        parts.put("startup", new StartUpPart());
        return parts;
    }

    public static void main(String[] args) throws Exception {
        Results results = new Results(Path.of(args[0]));
        Page page = new Page(Path.of(args[1]));
        Pace pace = Boolean.parseBoolean(args[3]) ? Pace.QUICK : Pace.FULL;
        Map<String, Part> parts = parts();
        List<String> names = args[2].equals(ALL) ? List.copyOf(parts.keySet()) : List.of(args[2]);
        for (String name : names) {
            Part part = Optional.ofNullable(parts.get(name))
                    .orElseThrow(() -> new IllegalArgumentException(
                            name + " is none of " + String.join(", ", parts.keySet()) + ", " + ALL));
            if (part.obstacle().isPresent()) {
                System.out.println(
                        "== " + name + ": skipped, " + part.obstacle().get());
                continue;
            }
            results.keep(run(name, part, pace));
            page.write(results.all());
        }
        if (names.contains(ON_BOTH) && Runtime.version().feature() < NEWER) {
            runOnNewer(List.of(args[0], args[1], ON_BOTH, args[3]));
        }
    }

    private static Run run(String name, Part part, Pace pace) throws Exception {
        System.out.println("== " + name + ": " + part.settings(pace));
        long begun = System.nanoTime();
        Map<String, String> circumstances = Circumstances.now(part.settings(pace));
        List<Measurement> measurements = part.measure(pace);
        circumstances.put("took", Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s");
        return new Run(name, Runtime.version().feature(), circumstances, measurements);
    }

    /** By itself, with the same classes. */
    private static void runOnNewer(List<String> arguments) throws IOException, InterruptedException {
        Optional<Path> home = Jdks.home(NEWER);
        if (home.isEmpty()) {
            System.out.println("== " + ON_BOTH + " on JDK " + NEWER + ": skipped, none found (set JAVA25_HOME)");
            return;
        }
        int end = FreshJvm.pass(home.get(), Bench.class, arguments);
        if (end != 0) {
            throw new IllegalStateException(ON_BOTH + " on JDK " + NEWER + " ended by " + end);
        }
    }
}
