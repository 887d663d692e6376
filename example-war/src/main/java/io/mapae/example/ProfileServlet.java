package io.mapae.example;

import io.mapae.identity.Caller;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** Tells callers who their token says they are: the profile service. */
public final class ProfileServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = Caller.of(request.getUserPrincipal())
                .or(Caller::current) // where the container has put a principal of its own in its place
                .orElseThrow();
        Answers.send(
                Json.createObjectBuilder()
                        .add("name", caller.getName())
                        .add("issuer", caller.issuer())
                        .add("roles", Json.createArrayBuilder(sorted(caller.roles())))
                        .add("scopes", Json.createArrayBuilder(sorted(caller.scopes())))
                        .add("expiresAt", caller.expiresAt().toString())
                        .build(),
                response);
    }

    /** Sets have no order of their own. */
    private static Set<String> sorted(Set<String> names) {
        return new TreeSet<>(names);
    }
}
