package io.mapae.jaxrs.app;

import io.mapae.http.Passage;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Stands where Payara asks the container for a caller, and sees whether that would send a challenge. */
@Asking
@Provider
@Priority(Priorities.AUTHORIZATION)
public class AskingFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        Passage passage = (Passage) request.getProperty(Passage.ATTRIBUTE);
        request.setProperty("asked", passage.isChallenging());
    }
}
