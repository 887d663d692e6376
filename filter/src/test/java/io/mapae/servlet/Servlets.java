package io.mapae.servlet;

import io.mapae.identity.Caller;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** What the tested application does. */
final class Servlets {
    /** What a servlet does with a request, whatever its method. */
    interface Service {
        void serve(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;
    }

    /** A servlet of one function. */
    @SuppressWarnings("serial")
    private static final class Served extends HttpServlet {
        private final transient Service service;

        private Served(Service service) {
            this.service = service;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            service.serve(request, response);
        }
    }

    /** An attribute of a request whose container was asked to log out. */
    private static final String ASKED = "asked";

    private Servlets() {}

    static HttpServlet of(Service service) {
        return new Served(service);
    }

    static void write(HttpServletResponse response, String text) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().write(text);
    }

    /** Principal, remote user, authentication type, whether in role admin, and whether in any. */
    static String who(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return (principal == null ? "-" : principal.getName()) + " " + request.getRemoteUser() + " "
                + request.getAuthType() + " " + request.isUserInRole("admin") + " " + request.isUserInRole("**")
                + (request.getSession(false) == null ? "" : " with a session");
    }

    /** Writes a word and who it is for. */
    static HttpServlet who(String word) {
        return of((request, response) -> write(response, word + " " + who(request)));
    }

    /** {@code ?to=}: forwards there. */
    static HttpServlet forward() {
        return of(
                (request, response) -> request.getRequestDispatcher(to(request)).forward(request, response));
    }

    /** {@code ?to=}: includes that. */
    static HttpServlet include() {
        return of((request, response) -> {
            write(response, "before, ");
            request.getRequestDispatcher(to(request)).include(request, response);
            response.getWriter().write(", after " + who(request));
        });
    }

    /** {@code ?mode=}: {@code sendError} or {@code throw}. */
    static HttpServlet fail() {
        return of((request, response) -> {
            if ("sendError".equals(request.getParameter("mode"))) {
                response.sendError(409);
            } else {
                throw new ServletException("failing as told");
            }
        });
    }

    /** {@code ?mode=}: {@code bare} or {@code wrapped} by the arguments of startAsync; {@code &to=} dispatches there. */
    static HttpServlet async() {
        return of((request, response) -> {
            AsyncContext async = "wrapped".equals(request.getParameter("mode"))
                    ? request.startAsync(request, response)
                    : request.startAsync();
            async.setTimeout(20_000);
            if (request.getParameter("to") != null) {
                async.start(() -> async.dispatch(to(request)));
            } else {
                async.start(() -> {
                    try {
                        write(response, "thread " + who(request));
                    } catch (IOException gone) {
                        throw new UncheckedIOException(gone);
                    } finally {
                        async.complete();
                    }
                });
            }
        });
    }

    /** Asks the caller for a claim of another type than it has; {@code ?mode=} says how that shows. */
    static HttpServlet claim() {
        return of((request, response) -> {
            String mode = String.valueOf(request.getParameter("mode"));
            response.setHeader("X-Servlet", "was here");
            write(response, "begun");
            if (mode.equals("committed")) {
                response.flushBuffer();
            }
            try {
                Caller.of(request.getUserPrincipal()).orElseThrow().claim("sub", Integer.class);
            } catch (RuntimeException failure) {
                switch (mode) {
                    case "wrapped" -> throw new ServletException(failure);
                    case "twice" -> throw new ServletException("deep", new IllegalStateException(failure));
                    case "runtime" -> throw new IllegalStateException("a framework's own", failure);
                    case "unrelated" -> throw new ServletException("failing as told");
                    default -> throw failure;
                }
            }
        });
    }

    static HttpServlet authenticate() {
        return of((request, response) -> {
            boolean authenticated = request.authenticate(response);
            if (authenticated) {
                write(response, "true " + who(request));
            } else {
                response.setHeader("X-Authenticated", "false");
            }
        });
    }

    /** Asks for the challenge when it has the writer and wrote something that nobody has seen yet. */
    static HttpServlet authenticateAfterWriting() {
        return of((request, response) -> {
            response.getWriter().write("partial");
            request.authenticate(response);
        });
    }

    /** Asks for roles that no token can give. */
    static HttpServlet strangeRoles() {
        return of((request, response) -> write(
                response,
                request.isUserInRole("*") + " " + request.isUserInRole(null) + " " + request.isUserInRole("**")));
    }

    /** Asks for the challenge when the response has begun already. */
    static HttpServlet authenticateLate() {
        return of((request, response) -> {
            response.getOutputStream().print("begun");
            response.flushBuffer();
            try {
                response.getOutputStream().print(", " + request.authenticate(response));
            } catch (IllegalStateException late) {
                response.getOutputStream().print(", too late");
            }
        });
    }

    static HttpServlet logout() {
        return of((request, response) -> {
            String before = who(request);
            request.logout();
            String asked = request.getAttribute(ASKED) == null ? "" : ", by the container too";
            write(response, before + ", then " + who(request) + asked);
        });
    }

    static HttpServlet login() {
        return of((request, response) -> {
            request.login("carol", "password");
            write(response, "after " + who(request));
        });
    }

    static HttpServlet session() {
        return of((request, response) -> write(response, request.getSession().getId()));
    }

    private static String to(HttpServletRequest request) {
        return String.valueOf(request.getParameter("to"));
    }

    /**
     * A filter before ours: puts a field on each response and, where {@code X-Container-User} asks for it, is a container
     * that has authenticated somebody, or nobody, by means of its own.
     */
    @SuppressWarnings("serial")
    static final class Before extends HttpFilter {
        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            response.setHeader("X-Before", "kept");
            response.setHeader("Vary", "Accept-Encoding");
            String user = request.getHeader("X-Container-User");
            chain.doFilter(user == null ? request : new ContainersOwn(request, user), response);
        }
    }

    /** What a container that knows its user answers. */
    private static final class ContainersOwn extends HttpServletRequestWrapper {
        private @Nullable String user;

        ContainersOwn(HttpServletRequest request, String user) {
            super(request);
            this.user = user.equals("nobody") ? null : user;
        }

        @Override
        public @Nullable Principal getUserPrincipal() {
            String name = user;
            return name == null ? null : () -> name;
        }

        @Override
        public @Nullable String getRemoteUser() {
            return user;
        }

        @Override
        public @Nullable String getAuthType() {
            return user == null ? null : "FORM";
        }

        @Override
        public boolean isUserInRole(String role) {
            return user != null && role.equals("admin");
        }

        @Override
        public void login(String name, String password) {
            user = name;
        }

        @Override
        public void logout() {
            setAttribute(ASKED, true);
            user = null;
        }
    }
}
