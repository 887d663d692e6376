package io.mapae.example;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A server of one make, on a port of its own of this machine, with the same WAR file as often as wanted. */
interface WebServer {
    /** As the build has made it. */
    Path WAR = Path.of(System.getProperty("example.war", "target/mapae-example-0.1.0-SNAPSHOT.war"));

    /** Deploys the WAR file at a path, empty for the root, with context-params as an administrator would add them. Throws why it does not start. */
    Deployment deploy(String path, Map<String, String> contextParams) throws Exception;

    /** Without a slash at its end. */
    URI base();

    void stop() throws Exception;

    interface Deployment {
        ClassLoader classes();

        void undeploy() throws Exception;
    }
}
