package io.mapae.containers.probe.enterprise;

import jakarta.annotation.security.DeclareRoles;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
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

    private static String security() {
        Instance<SecurityContext> contexts = CDI.current().select(SecurityContext.class);
        if (contexts.isUnsatisfied()) {
            return "security=no bean";
        }
        SecurityContext context = contexts.get();
        Principal principal = context.getCallerPrincipal();
        return "security=" + (principal == null ? "none" : principal.getName())
                + "\nsecurity-user=" + context.isCallerInRole("user")
                + "\nsecurity-admin=" + context.isCallerInRole("admin");
    }
}
