package io.mapae.containers.matrix;

import io.mapae.containers.ServerProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Turns what is written for {@code jakarta.*} into the same for {@code javax.*}, as Eclipse Transformer does. */
final class Javax {
    private static final Path TRANSFORMER = Path.of(System.getProperty("transformer"));

    private Javax() {}

    /** The WAR file beside {@code war}, with everything in it. */
    static Path of(Path war) throws IOException {
        Path target = war.resolveSibling("javax-" + war.getFileName());
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                TRANSFORMER + File.separator + "*",
                "org.eclipse.transformer.cli.JakartaTransformerCLI",
                war.toString(),
                target.toString(),
                "-i",
                "-o",
                "-q");
        ServerProcess process = ServerProcess.start("transformer", war.getParent(), Map.of(), command);
        process.process().onExit().join();
        if (process.process().exitValue() != 0 || !Files.exists(target)) {
            throw new IOException("not transformed, see " + process.log());
        }
        return target;
    }
}
