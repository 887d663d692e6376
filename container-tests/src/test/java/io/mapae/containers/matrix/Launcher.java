package io.mapae.containers.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** How one make of server is started, with applications by their names, on the loopback interface only. */
interface Launcher {
    /** It may not listen yet when this returns. */
    Server launch(Instance instance, Map<String, Path> applications) throws IOException;

    /** What the manual wants in {@code web.xml} on this server. */
    default String descriptor() {
        return "";
    }

    /** Other files that the manual wants in the application, by their names. */
    default Map<String, String> files() {
        return Map.of();
    }

    /** Copies the applications into a directory of the instance that its server looks into when it starts. */
    static Path deployments(Instance instance, String directory, Map<String, Path> applications) throws IOException {
        Path deployments = instance.dir(directory);
        for (Map.Entry<String, Path> application : applications.entrySet()) {
            Files.copy(application.getValue(), deployments.resolve(application.getKey() + ".war"));
        }
        return deployments;
    }
}
