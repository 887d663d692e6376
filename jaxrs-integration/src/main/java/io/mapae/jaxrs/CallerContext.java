package io.mapae.jaxrs;

import io.mapae.identity.Caller;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A security context with a caller. */
record CallerContext(Caller caller, boolean secure) implements SecurityContext {
    /** As {@code HttpServletRequest.getAuthType()} has it. */
    private static final String BEARER = "BEARER";

    @Override
    public Principal getUserPrincipal() {
        return caller;
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
        return caller.isInRole(role);
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return BEARER;
    }
}
