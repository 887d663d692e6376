package io.mapae.jaxrs;

import io.mapae.jaxrs.Server.Make;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The JAX-RS implementation of this run: WARs with it on each server, and requests to them. */
final class Stack {
    static final String NAME = System.getProperty("stack", "none");
    static final TestKey KEY = TestKey.rsa();

    /** The least that is needed. */
    static final Map<String, String> SETTINGS = Map.of(
            "issuer",
            TokenBuilder.ISSUER,
            "audience",
            TokenBuilder.AUDIENCE,
            "public-key",
            KEY.publicJwk(),
            "realm",
            "things");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Map<List<Object>, Server> SERVERS = new ConcurrentHashMap<>();

    private Stack() {}

    /** A resource in a WAR with these texts, which is started when it is asked for first. */
    static URI at(Make make, Map<String, String> texts, String path) throws Exception {
        Server server = SERVERS.get(List.of(make, texts));
        if (server == null) {
            server = Server.start(make, Wars.war(texts));
            SERVERS.put(List.of(make, texts), server);
        }
        return URI.create(server.base() + "/api" + path);
    }

    static void stop() throws Exception {
        for (Server server : SERVERS.values()) {
            server.stop();
        }
        SERVERS.clear();
    }

    /** A descriptor with these settings, for the servlet filter or else for JAX-RS alone. */
    static String descriptor(Map<String, String> settings, boolean filter) {
        return descriptor(settings, filter, """
                <init-param>
                  <param-name>jaxrs.serviceClasses</param-name>
                  <param-value>io.mapae.jaxrs.app.Things, io.mapae.jaxrs.app.Options,
                    io.mapae.jaxrs.app.Guarded, io.mapae.jaxrs.app.Ajar</param-value>
                </init-param>
                <init-param>
                  <param-name>jaxrs.providers</param-name>
                  <param-value>io.mapae.jaxrs.MapaeFeature, io.mapae.jaxrs.app.BoundFilter,
                    io.mapae.jaxrs.app.AskingFilter</param-value>
                </init-param>
                """);
    }

    /** A descriptor with these settings for JAX-RS alone, and an {@code Application} that lists its classes. */
    static String descriptor(Map<String, String> settings) {
        return descriptor(settings, false, """
                <init-param>
                  <param-name>jakarta.ws.rs.Application</param-name>
                  <param-value>io.mapae.jaxrs.app.App</param-value>
                </init-param>
                """);
    }

    private static String descriptor(Map<String, String> settings, boolean filter, String cxf) {
        StringBuilder xml =
                new StringBuilder("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">");
        if (filter) {
            xml.append("<filter><filter-name>mapae</filter-name><filter-class>io.mapae.servlet.BearerTokenFilter")
                    .append("</filter-class><async-supported>true</async-supported>");
        }
        settings.forEach((name, value) -> xml.append(filter ? "<init-param>" : "<context-param>")
                .append("<param-name>")
                .append(filter ? name : "mapae." + name)
                .append("</param-name><param-value>")
                .append(value)
                .append("</param-value>")
                .append(filter ? "</init-param>" : "</context-param>"));
        if (filter) {
            xml.append("</filter><filter-mapping><filter-name>mapae</filter-name><url-pattern>/*</url-pattern>");
            for (String type : List.of("REQUEST", "FORWARD", "INCLUDE", "ERROR", "ASYNC")) {
                xml.append("<dispatcher>").append(type).append("</dispatcher>");
            }
            xml.append("</filter-mapping>");
        }
        return xml.append(NAME.equals("cxf") ? CXF.formatted(cxf) : "")
                .append("</web-app>")
                .toString();
    }

    /** It has no initializer of its own, and finds nothing by itself. */
    private static final String CXF = """
            <servlet>
              <servlet-name>cxf</servlet-name>
              <servlet-class>org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet</servlet-class>
              %s
              <load-on-startup>1</load-on-startup>
              <async-supported>true</async-supported>
            </servlet>
            <servlet-mapping>
              <servlet-name>cxf</servlet-name>
              <url-pattern>/api/*</url-pattern>
            </servlet-mapping>
            """;

    static String token(String who) {
        TokenBuilder token = TokenBuilder.signedBy(KEY).subject(who);
        return switch (who) {
            case "nobody" -> "";
            case "user" -> token.claim("groups", List.of("user")).text();
            case "reader" -> token.claim("scope", "board:read").text();
            case "writer" -> token.claim("scope", "board:write board:read").text();
            case "admin" ->
                token.claim("groups", List.of("admin"))
                        .claim("scope", "board:read")
                        .text();
            default -> token.text();
        };
    }

    static HttpRequest.Builder request(URI uri, String method, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.timeout(Duration.ofSeconds(5)).build(), BodyHandlers.ofString());
    }

    /** All that is the application's in a response. */
    static String told(HttpResponse<String> response) {
        Map<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fields.putAll(response.headers().map());
        List.of("Date", "Server", "Connection", "Keep-Alive").forEach(fields::remove);
        return response.statusCode() + " " + fields + " " + response.body();
    }
}
