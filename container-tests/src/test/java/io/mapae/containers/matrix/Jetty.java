package io.mapae.containers.matrix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** The filter that opens WebSockets: where it is not declared, Jetty puts it before all others. */
    private static final String WEBSOCKETS = """
              <filter>
                <filter-name>%1$s</filter-name>
                <filter-class>%1$s</filter-class>
                <async-supported>true</async-supported>
              </filter>
              <filter-mapping>
                <filter-name>%1$s</filter-name>
                <url-pattern>/*</url-pattern>
              </filter-mapping>
            """;

    /** The API that an authentication module needs is hidden from applications that do not ask for it. */
    private static final String JETTY_WEB = """
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            <Configure>
              <Get name="hiddenClassMatcher"><Call name="add"><Arg>-jakarta.security.auth.message.</Arg></Call></Get>
            </Configure>
            """;

    /** In a file of its own: what follows a module of an environment is a setting of that environment. */
    private static final String SETTINGS = """
            --module=http,requestlog
            jetty.http.host=127.0.0.1
            jetty.http.port=%d
            jetty.deploy.scanInterval=1
            jetty.requestlog.formatString=%%u %%r %%s
            users.xml
            """;

    @Override
    public Server launch(Instance instance, Map<String, Path> applications) throws IOException {
        instance.write("users.xml", USERS);
        instance.write("start.d/server.ini", SETTINGS.formatted(instance.port()));
        instance.write("start.d/environment.ini", modules());
        instance.dir("environments");
        instance.dir("tmp");
        Path access = instance.dir("logs");
        Path deployments = Launcher.deployments(instance, "webapps", applications);
        List<String> command = List.of(
                instance.javaHome().resolve("bin/java").toString(),
                "-Xmx256m",
                "-Djava.io.tmpdir=" + instance.directory().resolve("tmp"),
                "-jar",
                instance.home().resolve("start.jar").toString(),
                "jetty.base=" + instance.directory());
        return new Server(instance.run(Map.of(), command), instance.port(), deployments, access);
    }

    @Override
    public String descriptor() {
        return WEBSOCKETS.formatted("org.eclipse.jetty." + environment + ".websocket.servlet.WebSocketUpgradeFilter");
    }

    @Override
    public Map<String, String> files() {
        return jaspi ? Map.of("WEB-INF/jetty-web.xml", JETTY_WEB) : Map.of();
    }

    private String modules() {
        List<String> modules = new ArrayList<>(List.of("deploy", "annotations", websocket()));
        if (jaspi) {
            modules.addAll(List.of("jaspi", "jaspi-default-auth-config-factory"));
        }
        return modules.stream()
                .map(module -> "--module=" + environment + "-" + module + "\n")
                .collect(Collectors.joining());
    }

    private String websocket() {
        return environment.equals("ee8") ? "websocket-javax" : "websocket-jakarta";
    }
}
