package io.mapae.containers.probe;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Does what the parameter {@code do} asks for, and remembers which requests got as far as here. */
public class Probe extends HttpServlet {
    /** The attribute that holds whom the asynchronous thread saw. */
    static final String THREAD = "thread";

    private static final Set<String> RUNS = ConcurrentHashMap.newKeySet();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        String run = request.getHeader("X-Run");
        if (run != null) {
            RUNS.add(run);
        }
        String act = request.getParameter("do");
        switch (act == null ? "see" : act) {
            case "ran" -> response.getWriter().print(RUNS.contains(request.getParameter("run")));
            case "authenticate" -> authenticate(request, response);
            case "login" -> {
                request.login("zed", "zed");
                Seen.write(request, response);
            }
            case "logout" -> {
                request.logout();
                Seen.write(request, response);
            }
            case "async" -> continueElsewhere(request, request.startAsync(request, response));
            case "async-original" -> continueElsewhere(request, request.startAsync());
            case "send-error" -> response.sendError(HttpServletResponse.SC_CONFLICT);
            case "throw" -> throw new IllegalStateException("asked for");
            case "forward" -> request.getRequestDispatcher("/seen").forward(request, response);
            case "include" -> request.getRequestDispatcher("/seen").include(request, response);
            default -> Seen.write(request, response);
        }
    }

    private static void authenticate(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        boolean authenticated = request.authenticate(response);
        if (authenticated) {
            Seen.write(request, response);
        }
    }

    private static void continueElsewhere(HttpServletRequest request, AsyncContext context) {
        context.start(() -> {
            HttpServletRequest there = (HttpServletRequest) context.getRequest();
            request.setAttribute(THREAD, Seen.name(there.getUserPrincipal()) + "," + there.isUserInRole("user"));
            context.dispatch("/seen");
        });
    }
}
