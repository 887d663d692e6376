package io.mapae.containers.matrix;

import io.mapae.containers.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * WildFly with a base directory of its own.
 *
 * @param modulesDecide its setting {@code integrated-jaspi=false}: who a caller is may be said by a module that knows
 *     other users than the server does
 */
record WildFly(boolean modulesDecide) implements Launcher {
    private static final String CONFIGURATION = "configuration/standalone.xml";

    @Override
    public Server launch(Instance instance, Map<String, Path> applications) throws IOException {
        instance.copy("standalone/configuration", "configuration");
        instance.edit(
                CONFIGURATION,
                Map.of(
                        "scan-interval=\"5000\"",
                        "scan-interval=\"1000\"",
                        "(<host name=\"default-host\" alias=\"localhost\">)",
                        "$1<access-log use-server-log=\"false\" pattern=\"%u %r %s\" directory=\"access\" relative-to=\"jboss.server.base.dir\"/>"));
        if (modulesDecide) {
            instance.edit(
                    CONFIGURATION,
                    Map.of(
                            "(?s)(urn:jboss:domain:undertow.*<application-security-domain name=\"other\")",
                            "$1 integrated-jaspi=\"false\""));
        }
        instance.write("configuration/application-users.properties", "zed=" + Digests.wildFly("zed", "zed") + "\n");
        instance.write("configuration/application-roles.properties", "zed=user\n");
        Path access = instance.dir("access");
        Path deployments = Launcher.deployments(instance, "deployments", applications);
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("jboss.server.base.dir", instance.directory().toString());
        properties.put("jboss.bind.address", "127.0.0.1");
        properties.put("jboss.bind.address.management", "127.0.0.1");
        properties.put("jboss.http.port", Integer.toString(instance.port()));
        for (String port : List.of("https", "management.http", "management.https")) {
            properties.put("jboss." + port + ".port", Integer.toString(ServerProcess.freePort()));
        }
        ServerProcess process = instance.run(Map.of(), command(instance, properties));
        return new Server(process, instance.port(), deployments, access);
    }

    private static List<String> command(Instance instance, Map<String, String> properties) {
        List<String> command = new ArrayList<>(
                List.of("sh", instance.home().resolve("bin/standalone.sh").toString()));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        return command;
    }
}
