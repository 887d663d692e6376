package io.mapae.jaxrs;

import io.mapae.Mapae;
import io.mapae.http.Answer.Reply;
import io.mapae.http.Demand;
import io.mapae.http.Passage;
import io.mapae.http.Usage;
import io.mapae.identity.Caller;
import jakarta.servlet.ServletContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the filters of one application have in common.
 *
 * @param mapae known once the application serves: a servlet filter may start later than JAX-RS does
 * @param contextPath decoded
 */
record Desk(Supplier<Mapae> mapae, String contextPath) {
    /** @param application empty where none is known */
    static Desk of(Supplier<Mapae> mapae, Optional<ServletContext> application) {
        return new Desk(
                mapae,
                application.map(context -> decoded(context.getContextPath())).orElse(""));
    }

    /** Jetty says it as it stands in requests, Tomcat decoded. */
    private static String decoded(String contextPath) {
        try {
            return new URI(contextPath).getPath();
        } catch (URISyntaxException decodedAlready) {
            return contextPath;
        }
    }

    RestView view(ContainerRequestContext request) {
        return new RestView(
                request.getMethod(),
                request.getUriInfo().getRequestUri(),
                request.getHeaders(),
                request.getSecurityContext(),
                contextPath,
                () -> Usage.of(
                        request.getProperty(Usage.ATTRIBUTE), usage -> request.setProperty(Usage.ATTRIBUTE, usage)));
    }

    /** That this request passed the gate already, in the servlet filter or here. */
    Optional<Passage> earlier(ContainerRequestContext request) {
        return Passage.of(request.getProperty(Passage.ATTRIBUTE), mapae.get().gate());
    }

    /** The refusal of a caller who lacks any of that. */
    Optional<Reply> objection(ContainerRequestContext request, List<Demand> demands) {
        Optional<Caller> caller = earlier(request).flatMap(Passage::caller); // no other gate's
        Mapae application = mapae.get();
        return application.gate().objection(view(request), caller, demands, application.unannotated());
    }
}
