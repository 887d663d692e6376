package io.mapae.container;

import io.mapae.Mapae;
import io.mapae.identity.Caller;
import io.mapae.servlet.Judgement;
import jakarta.security.auth.message.AuthException;
import jakarta.security.auth.message.AuthStatus;
import jakarta.security.auth.message.MessageInfo;
import jakarta.security.auth.message.MessagePolicy;
import jakarta.security.auth.message.callback.CallerPrincipalCallback;
import jakarta.security.auth.message.callback.GroupPrincipalCallback;
import jakarta.security.auth.message.config.ServerAuthContext;
import jakarta.security.auth.message.module.ServerAuthModule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the container who calls (Jakarta Authentication 3.0 §3.8). It refuses only what the container keeps to callers: all
 * else is the filter's affair, which stands behind it with the same gate. Safe for use by several threads.
 */
final class BearerModule implements ServerAuthModule, ServerAuthContext {
    private static final String MANDATORY = "jakarta.security.auth.message.MessagePolicy.isMandatory";
    private static final String AUTH_TYPE = "jakarta.servlet.http.authType";
    private static final String BEARER = "BEARER";

    private final BearerProvider provider;
    private volatile @Nullable CallbackHandler container;

    BearerModule(BearerProvider provider, @Nullable CallbackHandler container) {
        this.provider = provider;
        this.container = container;
    }

    @Override
    public void initialize(
            @Nullable MessagePolicy request,
            @Nullable MessagePolicy response,
            @Nullable CallbackHandler handler,
            @Nullable Map<String, Object> options) {
        container = handler;
    }

    @Override
    public Class<?>[] getSupportedMessageTypes() {
        return new Class<?>[] {HttpServletRequest.class, HttpServletResponse.class};
    }

    @Override
    public AuthStatus validateRequest(MessageInfo info, @Nullable Subject client, @Nullable Subject service)
            throws AuthException {
        boolean mandatory = Boolean.parseBoolean(String.valueOf(info.getMap().get(MANDATORY)));
        provider.identity().lookAgain();
        Optional<Mapae> mapae = provider.mapae();
        Optional<HttpServletRequest> request = request(info);
        if (mapae.isEmpty() || request.isEmpty()) {
            return mandatory ? unable(info) : AuthStatus.SUCCESS;
        }
        if (client != null && goesOn(request.get(), client)) {
            return AuthStatus.SUCCESS;
        }
        if (!mandatory && Judgement.isExempt(request.get(), mapae.get().gate())) {
            return AuthStatus.SUCCESS;
        }
        if (!mandatory && !Judgement.isNeeded(request.get(), mapae.get().gate())) {
            return AuthStatus.SUCCESS; // nobody to tell of, and no need to
        }
        Judgement judgement = Judgement.of(request.get(), mapae.get().gate());
        Optional<Caller> caller = judgement.caller(request.get());
        if (caller.isPresent() && client != null && introduce(caller.get(), client, info)) {
            return AuthStatus.SUCCESS;
        }
        return mandatory ? refuse(info, response -> judgement.refuse(request.get(), response)) : AuthStatus.SUCCESS;
    }

    /** Whoever has logged in otherwise, and sends no token, stays who they are: Tomcat forgets everybody it is not told of. */
    private boolean goesOn(HttpServletRequest request, Subject client) {
        Principal user = provider.host().user(request);
        CallbackHandler handler = container;
        if (user == null
                || handler == null
                || Caller.of(user).isPresent()
                || request.getHeader("Authorization") != null) {
            return false;
        }
        try {
            handler.handle(new Callback[] {new CallerPrincipalCallback(client, user)});
            return true;
        } catch (IOException | UnsupportedCallbackException | RuntimeException refused) {
            return false;
        }
    }

    /** False if the container does not take the caller; where it has taken nobody yet, it is asked no more. */
    private boolean introduce(Caller caller, Subject client, MessageInfo info) {
        CallbackHandler handler = container;
        if (handler == null || !provider.identity().isEstablished()) {
            return false;
        }
        try {
            handler.handle(new Callback[] {
                new CallerPrincipalCallback(client, caller), // the very same: of another, GlassFish's EJBs see no roles
                new GroupPrincipalCallback(client, caller.roles().toArray(String[]::new))
            });
            authenticatedBy(info.getMap());
            provider.identity().taken();
            return true;
        } catch (IOException | UnsupportedCallbackException | RuntimeException refused) {
            provider.identity().refused(provider.remedy() + " (" + refused + ")");
            return false;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // without type parameters in some versions of the API
    private static void authenticatedBy(Map info) {
        info.put(AUTH_TYPE, BEARER);
    }

    private interface Refusal {
        void send(HttpServletResponse response) throws IOException;
    }

    /** Nothing can be said of the caller; the response's own status would be 200. */
    private AuthStatus unable(MessageInfo info) throws AuthException {
        return refuse(info, response -> {
            if (!response.isCommitted()) {
                response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                response.setContentLength(0);
            }
        });
    }

    private AuthStatus refuse(MessageInfo info, Refusal refusal) throws AuthException {
        try {
            if (info.getResponseMessage() instanceof HttpServletResponse response) {
                provider.host().beforeRefusal(response);
                refusal.send(response);
                response.flushBuffer(); // Jetty's client would wait for the end
            }
            return AuthStatus.SEND_FAILURE;
        } catch (IOException clientGone) {
            throw (AuthException) new AuthException("the refusal was not sent").initCause(clientGone);
        }
    }

    /** Empty where there is none to look at: Jetty asks beforehand on public paths, with no request or by throwing. */
    private static Optional<HttpServletRequest> request(MessageInfo info) {
        try {
            return info.getRequestMessage() instanceof HttpServletRequest request
                    ? Optional.of(request)
                    : Optional.empty();
        } catch (NullPointerException jetty) {
            return Optional.empty();
        }
    }

    @Override
    public AuthStatus secureResponse(@Nullable MessageInfo info, @Nullable Subject service) {
        return AuthStatus.SEND_SUCCESS;
    }

    @Override
    public void cleanSubject(@Nullable MessageInfo info, @Nullable Subject client) {
        if (client != null) {
            client.getPrincipals().clear();
        }
    }
}
