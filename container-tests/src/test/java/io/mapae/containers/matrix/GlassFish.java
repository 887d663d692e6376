package io.mapae.containers.matrix;

import io.mapae.containers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** GlassFish, and Payara that came of it, with a domain of its own. */
final class GlassFish implements Launcher {
    private static final String DOMAIN = "domains/domain1";
    private static final String CONFIGURATION = DOMAIN + "/config/domain.xml";

    /** It is somewhere else: one of the server's own would listen on every interface. */
    private static final String NO_BROKER = """
            <jms-service type="REMOTE" default-jms-host="default_JMS_host">
              <jms-host name="default_JMS_host" host="localhost" port="7676" lazy-init="true"/>
            </jms-service>
            """;

    @Override
    public Server launch(Instance instance, Map<String, Path> applications) throws IOException {
        instance.copy("glassfish/domains/domain1", DOMAIN);
        instance.edit(CONFIGURATION, edits(instance.port()));
        if (Files.readString(instance.directory().resolve(CONFIGURATION)).contains("<hazelcast")) {
            instance.edit(
                    CONFIGURATION,
                    Map.of(
                            "<hazelcast-config-specific-configuration",
                            "<hazelcast-config-specific-configuration enabled=\"false\""));
        }
        instance.write(DOMAIN + "/config/keyfile", "zed;" + Digests.glassFish("zed") + ";user\n");
        Path access = instance.dir(DOMAIN + "/logs/access");
        Path deployments = Launcher.deployments(instance, DOMAIN + "/autodeploy", applications);
        List<String> command = List.of(
                instance.home().resolve("glassfish/bin/asadmin").toString(),
                "start-domain",
                "--verbose",
                "--domaindir",
                instance.directory().resolve("domains").toString(),
                "domain1");
        Path java = instance.javaHome().resolve("bin/java");
        ServerProcess process =
                instance.run(Map.of("AS_JAVA", instance.javaHome().toString(), "JAVA", java.toString()), command);
        return new Server(process, instance.port(), deployments, access);
    }

    private static Map<String, String> edits(int port) {
        Map<String, String> edits = new LinkedHashMap<>();
        edits.put("port=\"8080\"", "address=\"127.0.0.1\" port=\"" + port + "\"");
        edits.put("port=\"8181\"", "enabled=\"false\" address=\"127.0.0.1\" port=\"" + ServerProcess.freePort() + "\"");
        edits.put("port=\"4848\"", "address=\"127.0.0.1\" port=\"" + ServerProcess.freePort() + "\"");
        for (String other : List.of("3700", "3820", "3920", "8686", "6666")) {
            edits.put("(port=|telnet.port=)(\"?)" + other + "\\b", "$1$2" + ServerProcess.freePort());
        }
        edits.put(
                "(?s)<system-property name=\"JMS_PROVIDER_PORT\" value=\"7676\"[^>]*?(/>|></system-property>)",
                NO_BROKER);
        edits.put("address=\"0.0.0.0\"", "address=\"127.0.0.1\"");
        edits.put("<jmx-connector ", "<jmx-connector enabled=\"false\" ");
        edits.put("<http-service>", "<http-service access-logging-enabled=\"true\">");
        edits.put(
                "<access-log ?/>",
                "<access-log format=\"%auth-user-name% %request% %status%\" write-interval-seconds=\"1\"/>");
        return edits;
    }
}
