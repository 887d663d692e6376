package io.mapae.example;

import io.mapae.identity.Caller;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;

/** Tells callers who their token says they are. Without an annotation, any caller may ask. */
@Path("profile")
@Produces(MediaType.APPLICATION_JSON)
public final class ProfileResource {
    @GET
    public Profile profile(@Context SecurityContext security) {
        Caller caller = Caller.of(security.getUserPrincipal()).orElseThrow();
        return new Profile(
                caller.getName(),
                caller.issuer(),
                new TreeSet<>(caller.roles()),
                new TreeSet<>(caller.scopes()),
                caller.expiresAt());
    }

    /** Roles and scopes are sorted: sets have no order of their own. */
    @JsonbPropertyOrder({"name", "issuer", "roles", "scopes", "expiresAt"})
    public record Profile(
            String name, String issuer, SortedSet<String> roles, SortedSet<String> scopes, Instant expiresAt) {}
}
