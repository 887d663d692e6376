package io.mapae.example;

import jakarta.json.Json;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells administrators what they administer. Of security it knows the Servlet API alone: the rules keep others out. */
public final class AdminServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answers.send(
                Json.createObjectBuilder()
                        .add("administrator", request.getRemoteUser())
                        .add("isAdmin", request.isUserInRole("admin"))
                        .add("server", getServletContext().getServerInfo())
                        .build(),
                response);
    }
}
