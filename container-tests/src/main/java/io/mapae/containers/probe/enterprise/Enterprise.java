package io.mapae.containers.probe.enterprise;

import io.mapae.identity.Caller;
import jakarta.annotation.security.DeclareRoles;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import jakarta.security.enterprise.SecurityContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.function.Supplier;

/** What session beans and Jakarta Security say of the caller. */
@WebServlet("/enterprise")
@DeclareRoles({"user", "admin", "reader"})
public class Enterprise extends HttpServlet {
    @EJB
    private Vault vault;

    /** WildFly has this bean only where it finds such a field, or a mechanism or store of the application's own. */
    @Inject
    private SecurityContext security;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter()
                .print("bean=" + tried(vault::me) + "\nbean-user=" + tried(vault::user) + "\nbean-admin="
                        + tried(vault::admin) + "\n" + security());
    }

    private static String tried(Supplier<String> call) {
        try {
            return call.get();
        } catch (EJBAccessException refused) {
            return "refused";
        } catch (RuntimeException failed) {
            return failed.getClass().getSimpleName();
        }
    }

    private String security() {
        Principal principal = security.getCallerPrincipal();
        return "security=" + (principal == null ? "none" : principal.getName())
                + "\nsecurity-typed="
                + security.getPrincipalsByType(Caller.class).size()
                + "\nsecurity-user=" + security.isCallerInRole("user")
                + "\nsecurity-admin=" + security.isCallerInRole("admin");
    }
}
