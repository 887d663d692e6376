package io.mapae.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.http.LogLines;
import io.mapae.identity.Caller;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.servlet.DispatcherType;
import jakarta.websocket.OnMessage;
import jakarta.websocket.server.ServerEndpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.ee10.websocket.servlet.WebSocketUpgradeFilter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** Jetty opens WebSockets in a filter that it puts before all others, unless somebody else has put it somewhere. */
class WebSocketTest {
    private static final String[] UPGRADE = {
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
    };

    /** Repeats what it hears. */
    @ServerEndpoint("/socket")
    public static final class Echo {
        @OnMessage
        public String hear(String message) {
            return message;
        }
    }

    private static Container.Running start(boolean declared) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/app");
        Map<String, String> settings = new HashMap<>(App.settings(TestKey.rsa()));
        settings.put("rules", "/socket authenticated ticket; /** authenticated");
        FilterHolder ours = new FilterHolder(new BearerTokenFilter(settings));
        ours.setName("bearer");
        ours.setAsyncSupported(true);
        context.addFilter(ours, "/*", EnumSet.allOf(DispatcherType.class));
        if (declared) {
            FilterHolder upgrade = new FilterHolder(WebSocketUpgradeFilter.class);
            upgrade.setName(WebSocketUpgradeFilter.class.getName());
            upgrade.setAsyncSupported(true);
            context.addFilter(upgrade, "/*", EnumSet.of(DispatcherType.REQUEST));
        }
        context.addServlet(
                new ServletHolder(Servlets.of((request, response) -> Servlets.write(
                        response,
                        SharedMapae.of(request.getServletContext())
                                .orElseThrow()
                                .tickets()
                                .issue(Caller.of(request.getUserPrincipal()).orElseThrow(), "/socket")
                                .text()))),
                "/ticket");
        JakartaWebSocketServletContainerInitializer.configure(context, (c, sockets) -> sockets.addEndpoint(Echo.class));
        server.setHandler(context);
        server.start();
        return new Container.Running(connector.getLocalPort(), server::stop);
    }

    @Test
    void oneThatIsOpenedBeforeTheFilterIsWarnedOf() throws Exception {
        try (LogLines log = LogLines.of("io.mapae.servlet");
                Container.Running server = start(false)) {
            assertThat(server.ask("GET", "/app/socket").status()).isEqualTo(401);
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WebSockets are opened before filter bearer, WITHOUT A TOKEN.")
                    .contains("a filter named " + WebSocketUpgradeFilter.class.getName());
        }
    }

    @Test
    void oneThatIsDeclaredAfterTheFilterNeedsAToken() throws Exception {
        try (Container.Running server = start(true)) {
            assertThat(server.ask("GET", "/app/socket", UPGRADE).status()).isEqualTo(401);
        }
    }

    /** Browsers can send no header with a handshake; one of another site knows no ticket. */
    @Test
    void oneIsOpenedByATicketOnce() throws Exception {
        try (Container.Running server = start(true)) {
            String token = "Authorization: Bearer "
                    + TokenBuilder.signedBy(TestKey.rsa()).text();
            String ticket = server.ask("GET", "/app/ticket", token).body();
            URI address = URI.create("ws://127.0.0.1:" + server.port() + "/app/socket?ticket=" + ticket);
            CompletableFuture<String> heard = new CompletableFuture<>();
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Origin", "https://elsewhere.example")
                    .buildAsync(address, new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                            heard.complete(text.toString());
                            return CompletableFuture.completedStage(null);
                        }
                    })
                    .get(20, TimeUnit.SECONDS);
            socket.sendText("hello", true).get(20, TimeUnit.SECONDS);
            assertThat(heard.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
            socket.abort();
            assertThat(server.ask("GET", "/app/socket?ticket=" + ticket, UPGRADE)
                            .status())
                    .isEqualTo(401);
        }
    }
}
