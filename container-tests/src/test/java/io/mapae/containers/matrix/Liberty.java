package io.mapae.containers.matrix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Open Liberty with a user directory of its own. */
final class Liberty implements Launcher {
    private static final String DIRECTORY = "servers/defaultServer";

    private static final String SERVER = """
            <server>
              <featureManager>
                <feature>webProfile-10.0</feature>
                <feature>enterpriseBeansLite-4.0</feature>
              </featureManager>
              <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1">
                <accessLogging filepath="${server.output.dir}/access/access.log" logFormat="%%u %%r %%s"/>
              </httpEndpoint>
              <basicRegistry id="users" realm="ApplicationRealm">
                <user name="zed" password="zed"/>
                <group name="user"><member name="zed"/></group>
              </basicRegistry>
            </server>
            """;

    @Override
    public Server launch(Instance instance, Map<String, Path> applications) throws IOException {
        instance.write(DIRECTORY + "/server.xml", SERVER.formatted(instance.port()));
        Path access = instance.dir(DIRECTORY + "/access");
        Path deployments = Launcher.deployments(instance, DIRECTORY + "/dropins", applications);
        Map<String, String> environment =
                Map.of("WLP_USER_DIR", instance.directory().toString());
        List<String> command =
                List.of("sh", instance.home().resolve("bin/server").toString(), "run", "defaultServer");
        return new Server(instance.run(environment, command), instance.port(), deployments, access);
    }
}
