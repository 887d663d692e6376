package io.mapae.example;

import io.mapae.identity.Caller;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * What happens on the board, as server-sent events. A browser's {@code EventSource} sends no token: the rule for this path
 * takes a ticket.
 */
public final class BoardEventsServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Caller> caller = Caller.of(request.getUserPrincipal()).or(Caller::current);
        Guest guest = Guest.of(caller, getServletContext()).orElseThrow();
        BoardNews news = Services.of(getServletContext()).news();
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // nginx would collect them
        AsyncContext async = request.startAsync();
        async.setTimeout(0); // it ends with the token
        EventStream stream = new EventStream(async, response.getOutputStream(), guest, news);
        if (news.listen(stream)) {
            stream.start();
        } else {
            response.setHeader("Retry-After", "10");
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            async.complete();
        }
    }

    /** Nothing is to be seen without the events. */
    @Override
    protected void doHead(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Allow", "GET");
        response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
    }
}
