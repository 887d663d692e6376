package io.mapae.service.http;

import io.mapae.Mapae;
import io.mapae.service.TokenService;
import io.mapae.servlet.SharedMapae;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The token service's endpoints. It is registered by itself where a {@code service.…} setting is given; {@code web.xml} may
 * do it instead, with {@code load-on-startup} and the mapping {@code service.path} and all below. Safe for use by several
 * threads once it is started.
 *
 * <p>The application does not start, by a {@link io.mapae.config.ConfigurationException}, if anything is wrong with the
 * settings or the database is out of reach.
 */
public final class TokenServiceServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String WELL_KNOWN = "/.well-known/oauth-authorization-server";

    private transient @Nullable Endpoints endpoints;

    @Override
    public void init() throws ServletException {
        ServletContext context = getServletContext();
        TokenService service = ServiceRegistration.service(context)
                .orElseThrow(() -> new ServletException(
                        "no token service has started: " + ServiceRegistration.class.getName() + " has to run before"));
        endpoints = Endpoints.of(service.parts(), () -> SharedMapae.of(context).map(Mapae::tickets));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Endpoints endpoints = this.endpoints;
        if (endpoints == null) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        boolean inserted = request.getServletPath().equals(WELL_KNOWN); // RFC 8414 §3.1
        String path = Optional.ofNullable(request.getPathInfo()).orElse("");
        endpoints.answer(inserted ? WELL_KNOWN : path, request, response);
    }
}
