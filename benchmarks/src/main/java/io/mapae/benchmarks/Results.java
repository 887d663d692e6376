package io.mapae.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs as they are kept: a file for each part on each JDK, its values separated by tabs. */
public final class Results {
    private static final Pattern NAME = Pattern.compile("([a-z]+)-jdk([0-9]+)\\.tsv");
    private static final String NOTE = "# ";
    private static final String TITLES = "benchmark\tvariant\tcpu_us\terror\twall_us\terror\tbytes\terror";

    private final Path directory;

    public Results(Path directory) {
        this.directory = directory;
    }

    /** Replaces what was known of that part on that JDK. */
    public void keep(Run run) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(run.part() + "-jdk" + run.jdk() + ".tsv"), text(run));
    }

    private static String text(Run run) {
        return Stream.of(
                        run.circumstances().entrySet().stream()
                                .map(note -> NOTE + note.getKey() + "\t" + note.getValue()),
                        Stream.of(TITLES),
                        run.measurements().stream().map(Results::line))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(Measurement each) {
        return String.join(
                "\t", each.benchmark(), each.variant(), text(each.cpu()), text(each.wall()), text(each.bytes()));
    }

    private static String text(Value value) {
        return String.format(Locale.ROOT, "%.4f\t%.4f", value.score(), value.error());
    }

    /** What is kept of all parts, by JDK. */
    public List<Run> all() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Run> runs = new ArrayList<>();
            for (Path file : files.toList()) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    runs.add(read(name.group(1), Integer.parseInt(name.group(2)), Files.readAllLines(file)));
                }
            }
            runs.sort(Comparator.comparing(Run::part).thenComparing(Run::jdk));
            return List.copyOf(runs);
        }
    }

    private static Run read(String part, int jdk, List<String> lines) {
        Map<String, String> circumstances = new LinkedHashMap<>();
        List<Measurement> measurements = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(NOTE)) {
                String[] note = line.substring(NOTE.length()).split("\t", 2);
                circumstances.put(note[0], note[1]);
            } else if (!line.equals(TITLES)) {
                measurements.add(measurement(line.split("\t", -1)));
            }
        }
        return new Run(part, jdk, circumstances, measurements);
    }

    private static Measurement measurement(String[] cells) {
        return new Measurement(cells[0], cells[1], value(cells, 2), value(cells, 4), value(cells, 6));
    }

    private static Value value(String[] cells, int at) {
        return new Value(Double.parseDouble(cells[at]), Double.parseDouble(cells[at + 1]));
    }
}
