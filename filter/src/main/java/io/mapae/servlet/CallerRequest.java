package io.mapae.servlet;

import io.mapae.http.Passage;
import io.mapae.identity.Caller;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request with its caller. Without one, it answers as the container does. */
final class CallerRequest extends HttpServletRequestWrapper {
    /** The value of {@code getAuthType()}. */
    static final String BEARER = "BEARER";

    private final Passage passage;
    private final HttpServletResponse response;

    CallerRequest(HttpServletRequest request, HttpServletResponse response, Passage passage) {
        super(request);
        this.response = response;
        this.passage = passage;
    }

    /**
     * With this request: the container's own knows nobody in another thread, or fails when it is asked. After a forward the
     * two would not be dispatched to the same path.
     */
    @Override
    public AsyncContext startAsync() {
        return getDispatcherType() == DispatcherType.REQUEST
                ? startAsync(this, innermost(response))
                : super.startAsync();
    }

    /** The container's own, as the filters that wrap it may have ended when it is written to. */
    private static ServletResponse innermost(ServletResponse response) {
        return response instanceof ServletResponseWrapper wrapper ? innermost(wrapper.getResponse()) : response;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        Optional<Caller> caller = passage.caller();
        return caller.isPresent() ? caller.get() : super.getUserPrincipal();
    }

    @Override
    public @Nullable String getRemoteUser() {
        return passage.caller().map(Caller::getName).orElseGet(super::getRemoteUser);
    }

    /** Null for nobody, which Open Liberty forgets where somebody might be asked. */
    @Override
    public @Nullable String getAuthType() {
        if (passage.caller().isPresent()) {
            return BEARER;
        }
        return super.getUserPrincipal() == null ? null : super.getAuthType();
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
        return passage.caller().map(caller -> caller.isInRole(role)).orElseGet(() -> super.isUserInRole(role));
    }

    /** True with a caller; otherwise sends the challenge, as no second try of the same request can change anything. */
    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException {
        if (getUserPrincipal() != null) {
            return true;
        }
        if (passage.isChallenging()) {
            Replies.send(passage.gate().demand(new ServletView(this)), response);
        }
        return false;
    }

    /**
     * Drops the caller for this request; the token stays as good as it is. The container is asked too, but not to log out
     * somebody whom only we know: Jetty would throw.
     */
    @Override
    public void logout() throws ServletException {
        boolean ours = passage.caller().isPresent();
        passage.drop();
        if (!ours || super.getUserPrincipal() != null) {
            super.logout();
        }
    }
}
