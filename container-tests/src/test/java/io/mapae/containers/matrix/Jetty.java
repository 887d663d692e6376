package io.mapae.containers.matrix;

import io.mapae.containers.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Jetty with a {@code jetty.base} of its own.
 *
 * @param environment the release of Jakarta EE
 * @param jaspi whether modules may say who a caller is
 */
record Jetty(String environment, boolean jaspi) implements Launcher {
    private static final String USERS = """
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            <Configure id="Server" class="org.eclipse.jetty.server.Server">
              <New id="users" class="org.eclipse.jetty.security.UserStore">
                <Call name="addUser">
                  <Arg>zed</Arg>
                  <Arg>
                    <Call class="org.eclipse.jetty.util.security.Credential" name="getCredential"><Arg>zed</Arg></Call>
                  </Arg>
                  <Arg><Array type="String"><Item>user</Item></Array></Arg>
                </Call>
              </New>
              <Call name="addBean">
                <Arg>
                  <New class="org.eclipse.jetty.security.HashLoginService">
                    <Set name="name">ApplicationRealm</Set>
                    <Set name="userStore"><Ref refid="users"/></Set>
                  </New>
                </Arg>
              </Call>
            </Configure>
            """;

    @Override
    public Server launch(Instance instance, Map<String, Path> applications) throws IOException {
        instance.write("users.xml", USERS);
        instance.dir("environments");
        instance.dir("tmp");
        Path access = instance.dir("logs");
        Path deployments = Launcher.deployments(instance, "webapps", applications);
        ServerProcess process = instance.run(Map.of(), command(instance));
        return new Server(process, instance.port(), deployments, access);
    }

    private List<String> command(Instance instance) {
        List<String> modules = new ArrayList<>(List.of("http", "requestlog"));
        List<String> wanted = new ArrayList<>(List.of("deploy", "annotations", "websocket-jakarta"));
        if (environment.equals("ee8")) {
            wanted.set(2, "websocket-javax");
        }
        if (jaspi) {
            wanted.addAll(List.of("jaspi", "jaspi-default-auth-config-factory"));
        }
        wanted.forEach(module -> modules.add(environment + "-" + module));
        return List.of(
                instance.javaHome().resolve("bin/java").toString(),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + instance.directory().resolve("tmp"),
                "-jar",
                instance.home().resolve("start.jar").toString(),
                "jetty.base=" + instance.directory(),
                "--module=" + String.join(",", modules),
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=" + instance.port(),
                "jetty.deploy.scanInterval=1",
                "jetty.requestlog.formatString=%u %r %s",
                "users.xml");
    }
}
