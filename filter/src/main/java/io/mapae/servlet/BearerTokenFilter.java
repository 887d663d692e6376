package io.mapae.servlet;

import io.mapae.Mapae;
import io.mapae.http.Answer;
import io.mapae.http.Gate;
import io.mapae.identity.ClaimTypeException;
import io.mapae.verify.Reason;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The servlet filter. Map it to {@code /*} for all five dispatcher types and with {@code async-supported}: a request is
 * judged once, and its later dispatches only get their caller back. The filter's init-params are settings.
 *
 * <p>Start-up fails with a {@link io.mapae.config.ConfigurationException} if anything is wrong with the settings.
 */
public final class BearerTokenFilter implements Filter {
    private final Map<String, String> programmatic;
    private @Nullable Gate gate;

    /** A filter with the settings that its surroundings have for it. */
    public BearerTokenFilter() {
        this(Map.of());
    }

    /** A filter with these settings, by the names of the table; they are stronger than those from anywhere else. */
    public BearerTokenFilter(Map<String, String> settings) {
        this.programmatic = Map.copyOf(settings);
    }

    @Override
    public void init(FilterConfig config) {
        Map<String, String> initParams = Contexts.texts(config.getInitParameterNames(), config::getInitParameter);
        gate = Mapae.start(Contexts.surroundings(programmatic, initParams, config.getServletContext()))
                .gate();
        Registration.check(config);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Gate gate = this.gate;
        if (gate == null
                || !(request instanceof HttpServletRequest http)
                || !(response instanceof HttpServletResponse httpResponse)) {
            throw new ServletException("not started, or not HTTP");
        }
        Optional<Passage> earlier = Passage.through(gate, http);
        DispatcherType type = http.getDispatcherType();
        if (type == DispatcherType.REQUEST || (type == DispatcherType.ASYNC && earlier.isEmpty())) {
            admit(gate, http, httpResponse, chain);
        } else if (earlier.isPresent()) {
            proceed(earlier.get(), http, httpResponse, chain);
        } else {
            chain.doFilter(http, httpResponse);
        }
    }

    private static void admit(Gate gate, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Answer answer = gate.admit(new ServletView(request));
        if (answer instanceof Answer.Reply reply) {
            Replies.send(reply, response);
        } else if (answer instanceof Answer.Admit admitted) {
            Replies.put(admitted.fields(), response);
            proceed(Passage.begin(request, gate, admitted.caller()), request, response, chain);
        }
    }

    private static void proceed(
            Passage passage, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(new CallerRequest(request, passage), response);
        } catch (ClaimTypeException | ServletException failure) {
            Optional<ClaimTypeException> ours = claimType(failure);
            // What an included servlet answers is part of another's answer: the dispatch that includes it refuses.
            boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
            if (ours.isEmpty() || included || response.isCommitted()) {
                throw failure;
            }
            response.reset();
            Gate gate = passage.gate();
            Replies.send(
                    gate.refuse(
                            new ServletView(request),
                            Reason.CLAIM_OF_OTHER_TYPE,
                            ours.get().detail()),
                    response);
        }
    }

    /** Frameworks wrap what the application throws. */
    private static Optional<ClaimTypeException> claimType(@Nullable Throwable failure) {
        if (failure instanceof ClaimTypeException ours) {
            return Optional.of(ours);
        }
        return failure == null ? Optional.empty() : claimType(failure.getCause());
    }

    @Override
    public void destroy() {
        gate = null;
    }
}
