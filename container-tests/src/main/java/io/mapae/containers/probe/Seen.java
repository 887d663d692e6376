package io.mapae.containers.probe;

import io.mapae.identity.Caller;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;

/** What a request says of its caller, a line each. Other dispatches than REQUEST end here. */
public final class Seen extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(request, response);
    }

    static void write(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(of(request));
    }

    static String of(HttpServletRequest request) {
        return String.join(
                "\n",
                "dispatch=" + request.getDispatcherType(),
                principal(request.getUserPrincipal()),
                "remote=" + request.getRemoteUser(),
                "auth=" + request.getAuthType(),
                "user=" + request.isUserInRole("user"),
                "admin=" + request.isUserInRole("admin"),
                "any=" + request.isUserInRole("**"),
                "first=" + request.getAttribute(Witness.ATTRIBUTE + "first"),
                "last=" + request.getAttribute(Witness.ATTRIBUTE + "last"),
                "thread=" + request.getAttribute(Probe.THREAD),
                "");
    }

    /** The name, and whether it is what the application expects it to be. */
    public static String principal(Principal principal) {
        return "principal=" + name(principal) + "\ncaller=" + isCaller(principal);
    }

    static String name(Principal principal) {
        return principal == null ? "none" : principal.getName();
    }

    private static boolean isCaller(Principal principal) {
        try {
            return principal instanceof Caller;
        } catch (NoClassDefFoundError withoutMapae) {
            return false;
        }
    }
}
