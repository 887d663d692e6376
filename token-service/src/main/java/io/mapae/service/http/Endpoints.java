package io.mapae.service.http;

import io.mapae.Mapae;
import io.mapae.service.Options;
import io.mapae.service.Parts;
import io.mapae.service.StoreException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** All endpoints by path and method, and what they have in common. Safe for use by several threads. */
final class Endpoints {
    private static final Logger LOG = System.getLogger("io.mapae.service");
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String SESSION = "/sessions/";

    /** Patterns of all there are, below the service's path: what else is there is not ours, and needs its rule. */
    static final List<String> PATHS = List.of(
            "/login",
            "/password",
            "/refresh",
            "/logout",
            "/sessions/**",
            "/ticket",
            "/introspect",
            "/revoke",
            "/jwks.json",
            "/.well-known/openid-configuration",
            "/.well-known/oauth-authorization-server");

    /** In which nobody's cookie is of any meaning, and whose callers are no browsers. */
    private static final String INTROSPECT = "/introspect";

    private final Map<String, Map<String, Endpoint>> endpoints = new LinkedHashMap<>();
    private final Renewal renewal;
    private final Sites sites;

    Endpoints(
            Login login,
            Renewal renewal,
            TicketOffice tickets,
            Administration administration,
            Metadata metadata,
            Sites sites) {
        this.renewal = renewal;
        this.sites = sites;
        endpoints.put("/login", Map.of("POST", login::login));
        endpoints.put("/password", Map.of("POST", login::password));
        endpoints.put("/refresh", Map.of("POST", renewal::refresh));
        endpoints.put("/logout", Map.of("POST", renewal::logout));
        endpoints.put("/sessions", Map.of("GET", renewal::list));
        endpoints.put("/ticket", Map.of("POST", tickets::issue));
        endpoints.put(INTROSPECT, Map.of("POST", administration::introspect));
        endpoints.put("/revoke", Map.of("POST", administration::revoke));
        endpoints.put("/jwks.json", Map.of("GET", metadata::keySet));
        endpoints.put("/.well-known/openid-configuration", Map.of("GET", metadata::describe));
        endpoints.put("/.well-known/oauth-authorization-server", Map.of("GET", metadata::describe));
    }

    /** @param application the filter's, once it has started */
    static Endpoints of(Parts parts, Supplier<Optional<Mapae>> application) {
        Options options = parts.options();
        RefreshCookie cookie = new RefreshCookie(options.cookieName(), options.cookiePath());
        Callers callers = new Callers(parts.gate(), parts.sessions());
        Tokens answers = new Tokens(parts.tokens(), cookie, parts.clock());
        return new Endpoints(
                new Login(
                        parts.accounts(),
                        parts.throttle(),
                        parts.sessions(),
                        callers,
                        answers,
                        new Addresses(options.proxies()),
                        options.audiences(),
                        parts.clock()),
                new Renewal(parts.sessions(), callers, answers, cookie, options.audiences(), parts.clock()),
                new TicketOffice(application, callers, parts.clock()),
                new Administration(parts.accounts(), parts.sessions(), callers, options.clientId(), options.clients()),
                new Metadata(options.issuer(), parts.keys()),
                new Sites(options.origins()));
    }

    /** @param path below the service's own */
    void answer(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Exchange asked = new Exchange(request, new Parameters(Map.of()));
        Map<String, String> fields = sites.fields(asked);
        send(outcome(path, asked), fields, request.getMethod().equals("HEAD"), response);
    }

    private Reply outcome(String path, Exchange asked) throws IOException {
        try {
            Map<String, Endpoint> methods = methods(path);
            if (Sites.isPreflight(asked)) {
                return sites.isForeign(asked) ? Failure.CROSS_SITE.reply() : Reply.done();
            }
            String method = asked.request().getMethod();
            Endpoint endpoint = methods.get(method.equals("HEAD") ? "GET" : method);
            if (endpoint == null) {
                return Failure.METHOD_NOT_ALLOWED
                        .reply()
                        .with("Allow", String.join(", ", new TreeMap<>(methods).keySet()));
            }
            if (!READING.contains(method) && !path.equals(INTROSPECT) && sites.isForeign(asked)) {
                return Failure.CROSS_SITE.reply();
            }
            return endpoint.answer(new Exchange(asked.request(), Parameters.read(asked.request())));
        } catch (RefusedException refused) {
            return refused.reply();
        } catch (StoreException outOfReach) {
            LOG.log(Level.WARNING, "Answered 503: {0}", outOfReach.getMessage());
            return Failure.TEMPORARILY_UNAVAILABLE.reply().with("Retry-After", "1");
        } catch (RuntimeException | StackOverflowError | LinkageError defect) {
            LOG.log(Level.ERROR, "Answered 500", defect);
            return Failure.SERVER_ERROR.reply();
        }
    }

    private Map<String, Endpoint> methods(String path) throws RefusedException {
        if (path.startsWith(SESSION)) {
            String id = path.substring(SESSION.length());
            return Map.of("DELETE", exchange -> renewal.end(id, exchange));
        }
        Map<String, Endpoint> methods = endpoints.get(path);
        if (methods == null) {
            throw new RefusedException(Failure.NOT_FOUND);
        }
        return methods;
    }

    private static void send(Reply reply, Map<String, String> fields, boolean head, HttpServletResponse response)
            throws IOException {
        response.setStatus(reply.status());
        fields.forEach(response::setHeader);
        reply.fields().forEach(response::setHeader);
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (reply.body().isPresent()) {
            byte[] body = reply.body().get().getBytes(StandardCharsets.UTF_8);
            response.setContentType("application/json");
            response.setContentLength(body.length);
            if (!head) {
                response.getOutputStream().write(body);
            }
        }
    }
}
