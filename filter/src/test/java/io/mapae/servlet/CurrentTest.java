package io.mapae.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.identity.Caller;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who calls on the threads of a request, on every server. */
@ParameterizedClass
@EnumSource
class CurrentTest {
    private static final String TOKEN =
            "Authorization: Bearer " + TokenBuilder.signedBy(TestKey.rsa()).text();
    private static final List<Container.Running> RUNNING = new ArrayList<>();

    /** Who calls on the thread before and after each dispatch. */
    private static final List<String> AROUND = new CopyOnWriteArrayList<>();

    /** How many dispatches there are now. */
    private static final AtomicInteger OPEN = new AtomicInteger();

    private static final Filter WATCHING = (request, response, chain) -> {
        OPEN.incrementAndGet();
        AROUND.add(current());
        try {
            chain.doFilter(request, response);
        } finally {
            AROUND.add(current());
            OPEN.decrementAndGet();
        }
    };

    private final Container.Running server = RUNNING.get(0);

    CurrentTest(Container container) {
        assertThat(container).isNotNull();
    }

    @BeforeParameterizedClassInvocation
    static void start(Container container) throws Exception {
        Map<String, String> params = new HashMap<>(App.settings(TestKey.rsa()));
        params.put("rules", "/** permit");
        App app = App.at("/app")
                .filter("watching", WATCHING, "/*", Map.of())
                .bearer(params)
                .servlet("/*", Servlets.of((request, response) -> Servlets.write(response, "served " + current())))
                .servlet("/error", Servlets.of((request, response) -> Servlets.write(response, "error " + current())))
                .servlet("/forward", Servlets.forward())
                .servlet("/include", Servlets.of((request, response) -> {
                    Servlets.write(response, current() + ", ");
                    request.getRequestDispatcher(String.valueOf(request.getParameter("to")))
                            .include(request, response);
                    response.getWriter().write(", " + current());
                }))
                .servlet("/fail", Servlets.fail())
                .servlet("/crash", Servlets.of((request, response) -> {
                    throw new AssertionError("failing as told");
                }))
                .servlet("/claim", Servlets.claim())
                .servlet("/async", Servlets.async())
                .servlet("/thread", thread())
                .servlet("/logout", logout())
                .errorPage("/error");
        RUNNING.add(container.start(app));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        RUNNING.remove(0).close();
    }

    private static String current() {
        return Caller.current().map(Caller::getName).orElse("nobody");
    }

    private static HttpServlet logout() {
        return Servlets.of((request, response) -> {
            String before = current();
            Runnable wrapped = Caller.wrap(() -> request.setAttribute("wrapped", current()));
            request.logout();
            wrapped.run();
            String text = before + ", then " + current() + ", wrapped before " + request.getAttribute("wrapped");
            if (request.getParameter("then") == null) {
                Servlets.write(response, text);
            } else {
                request.getRequestDispatcher(request.getParameter("then")).forward(request, response);
            }
        });
    }

    /** Work on one of the container's threads: {@code ?wrapped=true} in the caller's name. */
    private static HttpServlet thread() {
        return Servlets.of((request, response) -> {
            AsyncContext async = request.startAsync();
            async.setTimeout(20_000);
            Runnable work = () -> {
                try {
                    Servlets.write(response, "thread " + current());
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                } finally {
                    async.complete();
                }
            };
            async.start(request.getParameter("wrapped") == null ? work : Caller.wrap(work));
        });
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            a,                                 200, served #
            forward?to=/a,                     200, served #
            forward?to=/forward?to=/a,         200, served #
            include?to=/a,                     200, `#, served #, #`
            async?mode=bare&to=/a,             200, served #
            async?mode=wrapped&to=/a,          200, served #
            async?mode=bare&to=/forward?to=/a, 200, served #
            fail?mode=sendError,               409, error #
            fail?mode=throw,                   500, error #
            crash,                             500, error #
            forward?to=/fail?mode=throw,       500, error #
            thread,                            200, thread nobody
            thread?wrapped=true,               200, thread #
            logout,                            200, `#, then nobody, wrapped before #`
            logout?then=/a,                      200, served nobody
            logout?then=/fail?mode=throw,        500, error nobody
            include?to=/logout,                200, `#, #, then nobody, wrapped before #, nobody`
            """)
    void isWhoCallsDuringTheRequestOnly(String target, int status, String body) throws Exception {
        AROUND.clear();
        Wire.Reply alice = server.ask("GET", "/app/" + target, TOKEN);
        assertThat(alice.status() + " " + alice.body()).isEqualTo(status + " " + body.replace("#", "alice"));
        if (!target.contains("logout")) { // of somebody whom only the container knows, which is its affair
            Wire.Reply nobody = server.ask("GET", "/app/" + target);
            assertThat(nobody.status() + " " + nobody.body()).isEqualTo(status + " " + body.replace("#", "nobody"));
        }
        List<String> around = around();
        assertThat(List.of(around.get(0), around.get(around.size() - 1))).containsOnly("nobody");
    }

    /** What was seen, once every dispatch has ended: its response comes before. */
    private static List<String> around() throws InterruptedException {
        for (int i = 0; i < 500 && OPEN.get() > 0; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(OPEN).hasValue(0);
        return AROUND;
    }

    /** One thread serves one connection after the other, whatever became of the request before. */
    @ParameterizedTest
    @CsvSource({
        "a,                  200",
        "fail?mode=throw,    500",
        "crash,              500",
        "claim?mode=plain,   403",
        "claim?mode=wrapped, 403",
        "claim?mode=runtime, 403"
    })
    void theThreadIsCleanAfterwards(String target, int status) throws Exception {
        AROUND.clear();
        assertThat(server.ask("GET", "/app/" + target, TOKEN).status()).isEqualTo(status);
        for (int i = 0; i < 20; i++) {
            assertThat(server.ask("GET", "/app/a").body()).isEqualTo("served nobody");
        }
        assertThat(around()).isNotEmpty().containsOnly("nobody");
    }

    @ParameterizedTest
    @CsvSource({"forward?to=/a", "include?to=/a"})
    void withinADispatchItIsWhoCallsOutside(String target) throws Exception {
        AROUND.clear();
        server.ask("GET", "/app/" + target, TOKEN);
        assertThat(around()).containsExactly("nobody", "alice", "alice", "nobody");
    }

    @ParameterizedTest
    @CsvSource({"a", "forward?to=/a"})
    void whoIsRefusedIsNobody(String target) throws Exception {
        AROUND.clear();
        assertThat(server.ask("GET", "/app/" + target, TOKEN + "x").status()).isEqualTo(401);
        assertThat(around()).containsExactly("nobody", "nobody");
    }
}
