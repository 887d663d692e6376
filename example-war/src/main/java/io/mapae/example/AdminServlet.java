package io.mapae.example;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells administrators what they administer. It needs nothing but the Servlet API: the rules keep others out. */
public final class AdminServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answers.send(response, HttpServletResponse.SC_OK, json -> {
            json.writeStringProperty("administrator", request.getRemoteUser());
            json.writeBooleanProperty("isAdmin", request.isUserInRole("admin"));
            json.writeStringProperty("server", getServletContext().getServerInfo());
        });
    }
}
