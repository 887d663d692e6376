package io.mapae.example;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests that are written in JavaScript. {@code package.json} is there for Node.js 18, which takes no .js for a module. */
class JavaScriptTest {
    private static final Path FILES = Path.of("src/test/js");
    private static final String OLDEST = "18.13"; // Debian 12's, and the oldest that they were seen to pass on

    @TempDir
    private Path directory;

    private static String missing = "";

    @BeforeAll
    static void lookForNode(@TempDir Path directory) throws Exception {
        String found = version(directory);
        if (found.isEmpty() || Version.parse(found).compareTo(Version.parse(OLDEST)) < 0) {
            missing = "JavaScript tests skipped: no Node.js " + OLDEST + (found.isEmpty() ? "" : ", but " + found)
                    + "; on Debian: apt-get install nodejs";
            System.out.println(missing); // Maven shows how many were skipped, and not why
        }
    }

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void passes(String file) throws Exception {
        assumeTrue(missing.isEmpty(), missing);
        Output output = run(directory, "node", "--test", FILES.resolve(file).toString());

        assertThat(output.code()).as(output.text()).isZero();
    }

    /** Such as 18.13.0; empty if there is none. */
    private static String version(Path directory) throws Exception {
        try {
            return run(directory, "node", "--version").text().strip().replaceFirst("^v", "");
        } catch (IOException noSuchProgram) {
            return "";
        }
    }

    /** What a process wrote, and its exit code. */
    private record Output(int code, String text) {}

    private static Output run(Path directory, String... command) throws Exception {
        Path output = directory.resolve("output"); // a pipe that nobody reads would keep it waiting
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(60, SECONDS)) {
                fail(String.join(" ", command) + " does not end:\n" + Files.readString(output));
            }
            return new Output(process.exitValue(), Files.readString(output));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly); // it runs each file in another process
            process.destroyForcibly();
        }
    }
}
