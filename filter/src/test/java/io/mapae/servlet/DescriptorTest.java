package io.mapae.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.http.LogLines;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real {@code web.xml}, read by a real server, with our jar's {@code META-INF/services} on the class path. */
class DescriptorTest {
    private static final String TOKEN =
            "Authorization: Bearer " + TokenBuilder.signedBy(TestKey.rsa()).text();

    private static String settings(String prefix, String element) {
        StringBuilder xml = new StringBuilder();
        App.settings(TestKey.rsa())
                .forEach((name, value) -> xml.append("<" + element + "><param-name>" + prefix + name
                        + "</param-name><param-value>" + value + "</param-value></" + element + ">"));
        return xml.toString();
    }

    private static String webXml(String elements) {
        return "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.0'>" + elements + "</web-app>";
    }

    private static Container.Running start(String xml, Path directory) throws Exception {
        Files.writeString(Files.createDirectory(directory.resolve("WEB-INF")).resolve("web.xml"), xml);
        Files.writeString(directory.resolve("page.txt"), "served");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory.resolve("tomcat").toString());
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        tomcat.setConnector(connector);
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml(tomcat.noDefaultWebXmlPath());
        StandardContext context =
                (StandardContext) tomcat.addWebapp(tomcat.getHost(), "/app", directory.toString(), config);
        StandardJarScanner scanner = new StandardJarScanner();
        scanner.setScanClassPath(false);
        context.setJarScanner(scanner);
        context.removeLifecycleListener(context.findLifecycleListeners()[0]);
        context.setContainerSciFilter("org\\.eclipse\\.jetty"); // what the other server brings along
        context.setParentClassLoader(DescriptorTest.class.getClassLoader());
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet");
        tomcat.start();
        return new Container.Running(connector.getLocalPort(), () -> {
            tomcat.stop();
            tomcat.destroy();
        });
    }

    @Test
    void theFilterOfTheDescriptor(@TempDir Path directory) throws Exception {
        String xml = webXml(
                "<filter><filter-name>bearer</filter-name><filter-class>"
                        + BearerTokenFilter.class.getName() + "</filter-class>"
                        + "<async-supported>true</async-supported>"
                        + settings("", "init-param") + "</filter><filter-mapping><filter-name>bearer</filter-name>"
                        + "<url-pattern>/*</url-pattern><dispatcher>REQUEST</dispatcher><dispatcher>ASYNC</dispatcher>"
                        + "<dispatcher>ERROR</dispatcher><dispatcher>FORWARD</dispatcher></filter-mapping>"
                        + "<servlet-mapping><servlet-name>default</servlet-name><url-pattern>/</url-pattern></servlet-mapping>");
        try (LogLines log = LogLines.of("io.mapae.servlet");
                Container.Running server = start(xml, directory)) {
            assertThat(server.ask("GET", "/app/page.txt").status()).isEqualTo(401);
            assertThat(server.ask("GET", "/app/page.txt", TOKEN).body()).isEqualTo("served");
            assertThat(log.lines())
                    .containsExactly("Filter bearer in web.xml lacks <dispatcher>INCLUDE: the caller is lost there");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 401", "false, 200"})
    void automatic(String auto, int status, @TempDir Path directory) throws Exception {
        String xml = webXml(
                settings("mapae.", "context-param") + "<context-param><param-name>mapae.auto</param-name>"
                        + "<param-value>" + auto + "</param-value></context-param>"
                        + "<servlet-mapping><servlet-name>default</servlet-name><url-pattern>/</url-pattern></servlet-mapping>");
        try (Container.Running server = start(xml, directory)) {
            assertThat(server.ask("GET", "/app/page.txt").status()).isEqualTo(status);
            assertThat(server.ask("GET", "/app/page.txt", TOKEN).body()).isEqualTo("served");
        }
    }
}
