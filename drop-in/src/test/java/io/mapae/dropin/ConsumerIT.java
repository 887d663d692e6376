package io.mapae.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project with one dependency compiles, and its WAR with one jar does what it should. */
class ConsumerIT {
    private static final TestKey KEY = TestKey.rsa();
    private static final TokenBuilder TOKEN =
            TokenBuilder.signedBy(KEY).subject("alice").claim("scope", "order:read").claim("email", "a@shop.example");
    private static final Path SOURCES = Path.of("../src/test/consumer");
    private static final Path SOURCES_BESIDE = Path.of("../src/test/consumer-beside");

    @TempDir
    Path work;

    private static String clerk() {
        return TOKEN.claim("groups", List.of("clerk")).text();
    }

    private static String descriptor(String more) {
        return """
                <web-app>
                  <filter>
                    <filter-name>mapae</filter-name>
                    <filter-class>io.mapae.servlet.BearerTokenFilter</filter-class>
                    <async-supported>true</async-supported>
                    <init-param><param-name>issuer</param-name><param-value>%s</param-value></init-param>
                    <init-param><param-name>audience</param-name><param-value>%s</param-value></init-param>
                    <init-param><param-name>public-key</param-name><param-value>%s</param-value></init-param>
                    <init-param>
                      <param-name>rules</param-name>
                      <param-value>/ruled/** authenticated; /** permit</param-value>
                    </init-param>
                  </filter>
                  <filter-mapping>
                    <filter-name>mapae</filter-name>
                    <url-pattern>/*</url-pattern>
                    <dispatcher>REQUEST</dispatcher>
                    <dispatcher>ASYNC</dispatcher>
                    <dispatcher>ERROR</dispatcher>
                    <dispatcher>FORWARD</dispatcher>
                    <dispatcher>INCLUDE</dispatcher>
                  </filter-mapping>
                  <servlet><servlet-name>who</servlet-name><servlet-class>shop.Who</servlet-class></servlet>
                  <servlet-mapping>
                    <servlet-name>who</servlet-name>
                    <url-pattern>/ruled/*</url-pattern>
                    <url-pattern>/kept/*</url-pattern>
                    <url-pattern>/public/*</url-pattern>
                  </servlet-mapping>
                  <security-constraint>
                    <web-resource-collection>
                      <web-resource-name>kept</web-resource-name>
                      <url-pattern>/kept/*</url-pattern>
                    </web-resource-collection>
                    <auth-constraint><role-name>clerk</role-name></auth-constraint>
                  </security-constraint>
                  <security-role><role-name>clerk</role-name></security-role>
                  %s
                </web-app>
                """.formatted(TokenBuilder.ISSUER, TokenBuilder.AUDIENCE, KEY.publicJwk(), more);
    }

    private static void letsInWhomItShould(Server server) throws Exception {
        for (String path : List.of("/ruled/x", "/kept/x")) {
            assertThat(server.get(path, clerk()).body())
                    .as(path)
                    .isEqualTo("alice [clerk] [order:read] a@shop.example clerk:true");
            assertThat(server.get(path, "").statusCode()).as(path).isEqualTo(401);
            HttpResponse<String> forged =
                    server.get(path, TOKEN.signedWith(TestKey.otherRsa(), "RS256").text());
            assertThat(forged.statusCode()).as(path).isEqualTo(401);
            assertThat(forged.headers().firstValue("WWW-Authenticate").orElse(""))
                    .as(path)
                    .startsWith("Bearer error=\"invalid_token\"");
        }
        assertThat(server.get("/kept/x", TOKEN.text()).statusCode()).isEqualTo(403);
        assertThat(server.get("/public/x", "").body()).isEqualTo("nobody clerk:false");
    }

    @Test
    void oneJarIsAllThatAProjectNeeds() throws Exception {
        Consumer consumer = new Consumer(work);
        consumer.compile(SOURCES, List.of());
        consumer.bring(List.of(OneJar.FILE));
        consumer.describe(descriptor(""));
        try (Server server = new Server(work, consumer.war())) {
            letsInWhomItShould(server);
        }
        try (Stream<Path> files = Files.list(consumer.war().resolve("WEB-INF/lib"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactly(OneJar.FILE.getFileName().toString());
        }
    }

    /** Whose implementation finds it by itself. */
    @Test
    void annotationsOfJaxRsHold() throws Exception {
        Consumer consumer = new Consumer(work);
        consumer.compile(SOURCES, List.of());
        consumer.bring(List.of(OneJar.FILE));
        consumer.bring(OneJar.jersey());
        consumer.describe(descriptor(""));
        try (Server server = new Server(work, consumer.war())) {
            assertThat(server.get("/rest/orders", TOKEN.text()).body()).isEqualTo("orders of alice");
            assertThat(server.get("/rest/orders", "").statusCode()).isEqualTo(401);
            HttpResponse<String> unscoped =
                    server.get("/rest/orders", TOKEN.without("scope").text());
            assertThat(unscoped.statusCode()).isEqualTo(403);
            assertThat(unscoped.headers().firstValue("WWW-Authenticate").orElse(""))
                    .contains("insufficient_scope", "order:read");
            assertThat(server.get("/rest/orders/open", clerk()).body()).isEqualTo("open");
            assertThat(server.get("/rest/orders/open", TOKEN.text()).statusCode())
                    .isEqualTo(403);
            letsInWhomItShould(server);
        }
    }

    /** What an application has had for years stays what it uses. */
    @Test
    void librariesOfTheApplicationStayItsOwn() throws Exception {
        Consumer consumer = new Consumer(work);
        consumer.compile(SOURCES, List.of());
        consumer.compile(SOURCES_BESIDE, OneJar.oldLibraries());
        consumer.bring(List.of(OneJar.FILE));
        consumer.bring(OneJar.oldLibraries());
        consumer.describe(descriptor("""
                <servlet><servlet-name>own</servlet-name><servlet-class>shop.OwnLibraries</servlet-class></servlet>
                <servlet-mapping><servlet-name>own</servlet-name><url-pattern>/own</url-pattern></servlet-mapping>
                """));
        try (Server server = new Server(work, consumer.war())) {
            letsInWhomItShould(server);
            assertThat(server.get("/own", "").body().lines())
                    .containsExactly(
                            "jose4j says its own",
                            "jackson says 2.9.10",
                            "caffeine says cached",
                            "slf4j says org.slf4j.impl.SimpleLoggerFactory",
                            "jose4j-0.7.12.jar jackson-core-2.9.10.jar caffeine-2.9.3.jar slf4j-api-1.7.36.jar"
                                    + " slf4j-simple-1.7.36.jar");
            letsInWhomItShould(server);
        }
    }
}
