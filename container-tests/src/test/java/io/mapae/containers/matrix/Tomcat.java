package io.mapae.containers.matrix;

import io.mapae.containers.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Tomcat with a {@code CATALINA_BASE} of its own. */
final class Tomcat implements Launcher {
    private static final String SERVER = """
            <Server port="-1">
              <Listener className="org.apache.catalina.core.JreMemoryLeakPreventionListener"/>
              <Service name="Catalina">
                <Connector port="%d" address="127.0.0.1"/>
                <Engine name="Catalina" defaultHost="localhost" backgroundProcessorDelay="1">
                  <Realm className="org.apache.catalina.realm.MemoryRealm"/>
                  <Host name="localhost" appBase="webapps">
                    <Valve className="org.apache.catalina.valves.AccessLogValve" directory="access" buffered="false"
                           pattern="%%u %%r %%s"/>
                  </Host>
                </Engine>
              </Service>
            </Server>
            """;

    private static final String USERS = """
            <tomcat-users><role rolename="user"/><user username="zed" password="zed" roles="user"/></tomcat-users>
            """;

    @Override
    public Server launch(Instance instance, Map<String, Path> applications) throws IOException {
        instance.copy("conf", "conf");
        instance.write("conf/server.xml", SERVER.formatted(instance.port()));
        instance.write("conf/tomcat-users.xml", USERS);
        instance.dir("temp");
        instance.dir("logs");
        Path access = instance.dir("access");
        Path deployments = Launcher.deployments(instance, "webapps", applications);
        Map<String, String> environment = Map.of(
                "CATALINA_HOME", instance.home().toString(),
                "CATALINA_BASE", instance.directory().toString(),
                "CATALINA_OPTS", "-Xmx256m");
        List<String> command =
                List.of("sh", instance.home().resolve("bin/catalina.sh").toString(), "run");
        ServerProcess process = instance.run(environment, command);
        return new Server(process, instance.port(), deployments, access);
    }
}
