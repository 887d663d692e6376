package io.mapae.example;

import io.mapae.identity.Caller;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells callers who their token says they are. */
public final class ProfileServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // the rules let nobody through without a caller; if they no longer do, this is a 500 and no leak
        Caller caller = Caller.of(request.getUserPrincipal()).orElseThrow();
        Answers.send(response, HttpServletResponse.SC_OK, json -> {
            json.writeStringProperty("name", caller.getName());
            json.writeStringProperty("issuer", caller.issuer());
            Answers.strings(json, "roles", caller.roles());
            Answers.strings(json, "scopes", caller.scopes());
            json.writeStringProperty("expiresAt", caller.expiresAt().toString());
        });
    }
}
