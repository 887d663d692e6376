package shop;

import io.mapae.identity.Caller;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

public class Who extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Caller> caller = Caller.of(request.getUserPrincipal());
        response.setContentType("text/plain");
        response.getWriter()
                .write(caller.map(known -> known.getName() + " " + known.roles() + " " + known.scopes() + " "
                                        + known.claim("email", String.class).orElse("-"))
                                .orElse("nobody")
                        + " clerk:" + request.isUserInRole("clerk"));
    }
}
