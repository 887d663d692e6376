package io.mapae.jaxrs.app;

import io.mapae.http.Passage;
import io.mapae.identity.Caller;
import io.mapae.jaxrs.BearerRelayFilter;
import io.mapae.jaxrs.Scopes;
import io.mapae.relay.BearerRelay;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** A method for each thing that annotations can say. */
@Path("/things")
@Produces("text/plain")
public class Things {
    /** A thread of its own for each task. */
    private static final Executor THREADS = task -> new Thread(task).start();

    private static String who(SecurityContext security) {
        return Caller.of(security.getUserPrincipal()).map(Caller::getName).orElse("nobody");
    }

    private static String current() {
        return Caller.current().map(Caller::getName).orElse("nobody");
    }

    @GET
    public String plain(@Context SecurityContext security) {
        return who(security);
    }

    @GET
    @Path("open")
    @PermitAll
    public String open(@Context SecurityContext security) {
        return who(security);
    }

    /** Whether the filter could send a challenge, and whether the method can. */
    @GET
    @Path("asking")
    @Asking
    @PermitAll
    public String asking(@Context HttpServletRequest request) {
        Passage passage = (Passage) request.getAttribute(Passage.ATTRIBUTE);
        return request.getAttribute("asked") + ", " + passage.isChallenging();
    }

    /** The same, but not for everybody. */
    @GET
    @Path("asking-users")
    @Asking
    public String askingUsers(@Context HttpServletRequest request) {
        return asking(request);
    }

    @GET
    @Path("admin")
    @RolesAllowed("admin")
    public String admin() {
        return "admin";
    }

    @GET
    @Path("several")
    @RolesAllowed({"user", "admin"})
    public String several() {
        return "several";
    }

    @GET
    @Path("everybody")
    @RolesAllowed("**")
    public String everybody() {
        return "everybody";
    }

    @DELETE
    @DenyAll
    public String never() {
        return "never";
    }

    @POST
    @Scopes({"board:read", "board:write"})
    public String write() {
        return "written";
    }

    @GET
    @Path("any")
    @Scopes(
            value = {"board:read", "board:write"},
            any = true)
    public String any() {
        return "any";
    }

    @GET
    @Path("both")
    @RolesAllowed("admin")
    @Scopes("board:read")
    public String both() {
        return "both";
    }

    @GET
    @Path("wrong")
    @PermitAll
    @RolesAllowed("admin")
    public String wrong() {
        return "wrong";
    }

    @GET
    @Path("context")
    public String context(@Context SecurityContext security) {
        return who(security) + " " + security.isUserInRole("user") + " " + security.isUserInRole("admin") + " "
                + security.getAuthenticationScheme() + " " + security.isSecure() + " " + current();
    }

    /** Whether the servlet request has the very same caller: one that was verified again would be another. */
    @GET
    @Path("same")
    public boolean same(@Context SecurityContext security, @Context HttpServletRequest request) {
        return security.getUserPrincipal() == request.getUserPrincipal();
    }

    @GET
    @Path("claim/{name}")
    public String claim(@PathParam("name") String name, @Context SecurityContext security) {
        return Caller.of(security.getUserPrincipal())
                .flatMap(caller -> caller.claim(name, Long.class))
                .map(String::valueOf)
                .orElse("none");
    }

    @GET
    @Path("async")
    public void async(@Suspended AsyncResponse response) {
        THREADS.execute(Caller.wrap(() -> {
            response.resume(current());
        }));
    }

    @GET
    @Path("unwrapped")
    public void unwrapped(@Suspended AsyncResponse response) {
        THREADS.execute(() -> response.resume(current()));
    }

    @GET
    @Path("stage")
    public CompletionStage<String> stage() {
        return CompletableFuture.supplyAsync(Things::current, Caller.wrap(THREADS));
    }

    /** By reflection: there are none before Java 21. */
    @GET
    @Path("virtual")
    public CompletionStage<String> virtual() throws ReflectiveOperationException {
        Executor threads = (Executor)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        return CompletableFuture.supplyAsync(() -> Thread.currentThread() + " " + current(), Caller.wrap(threads));
    }

    @GET
    @Path("events")
    @Produces("text/event-stream")
    public void events(@Context SseEventSink sink, @Context Sse sse) {
        try (SseEventSink open = sink) {
            open.send(sse.newEvent(current())).toCompletableFuture().join();
        }
    }

    @Path("sub")
    public Sub sub() {
        return new Sub();
    }

    @GET
    @Bound
    @Path("bound")
    public String bound() {
        return "bound";
    }

    @GET
    @Path("relay")
    public int relay(@QueryParam("to") URI to, @QueryParam("listed") String listed) {
        return status(to, listed, Optional.empty());
    }

    /** In the name of the one who is named, on whatever thread it is sent. */
    @GET
    @Path("relay-later")
    public void relayLater(
            @QueryParam("to") URI to,
            @QueryParam("listed") String listed,
            @Context SecurityContext security,
            @Suspended AsyncResponse response) {
        Optional<Caller> caller = Caller.of(security.getUserPrincipal());
        THREADS.execute(() -> response.resume(String.valueOf(status(to, listed, caller))));
    }

    private static int status(URI to, String listed, Optional<Caller> caller) {
        Client client = ClientBuilder.newClient().register(new BearerRelayFilter(BearerRelay.to(listed)));
        try {
            Invocation.Builder request = client.target(to).request();
            caller.ifPresent(named -> request.property(BearerRelayFilter.CALLER, named));
            return request.get().getStatus();
        } finally {
            client.close();
        }
    }
}
