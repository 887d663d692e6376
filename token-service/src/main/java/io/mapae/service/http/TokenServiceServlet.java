package io.mapae.service.http;

import io.mapae.service.TokenService;
import io.mapae.servlet.SharedMapae;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
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

    private transient @Nullable Endpoints endpoints;

    @Override
    public void init() throws ServletException {
        ServletContext context = getServletContext();
        TokenService service = ServiceRegistration.service(context)
                .orElseThrow(() -> new ServletException(
                        "no token service has started: " + ServiceRegistration.class.getName() + " has to run before"));
        endpoints = Endpoints.of(service.parts(), () -> SharedMapae.of(context));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean inserted = request.getServletPath().startsWith(ServiceRegistration.WELL_KNOWN);
        String path = inserted ? ServiceRegistration.WELL_KNOWN : request.getPathInfo();
        Objects.requireNonNull(endpoints).answer(Optional.ofNullable(path).orElse(""), request, response);
    }
}
