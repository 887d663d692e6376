package io.mapae.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What figures depend on: the machine by what matters to them, never by its name. */
public final class Circumstances {
    private Circumstances() {}

    /** Here and now, in the order to be shown in. */
    public static Map<String, String> now(String settings) throws IOException {
        Map<String, String> circumstances = new LinkedHashMap<>();
        circumstances.put("machine", Runtime.getRuntime().availableProcessors() + " cores, " + processor());
        circumstances.put(
                "system",
                property("os.name") + " " + property("os.version").replaceFirst("-.*", "") + ", "
                        + property("os.arch"));
        circumstances.put("java", Runtime.version() + ", " + property("java.vendor"));
        circumstances.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        circumstances.put("settings", settings);
        circumstances.put(
                "load",
                String.format(
                        Locale.ROOT,
                        "%.1f at the start, over the last minute",
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
        return circumstances;
    }

    private static String property(String name) {
        return String.valueOf(System.getProperty(name));
    }

    private static String processor() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(cpus)) {
            return "processor unknown";
        }
        try (Stream<String> lines = Files.lines(cpus)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("processor unknown");
        }
    }
}
