package io.mapae.servlet;

import io.mapae.Mapae;
import io.mapae.config.Configuration;
import io.mapae.config.Surroundings;
import io.mapae.http.Answer;
import io.mapae.http.Gate;
import io.mapae.http.Passage;
import io.mapae.identity.ClaimTypeException;
import io.mapae.identity.CurrentCaller;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
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
 * judged once, and its later dispatches only get their caller back. The filter's init-params are settings. Safe for use by
 * several threads once it is started.
 *
 * <p>Start-up fails with a {@link io.mapae.config.ConfigurationException} if anything is wrong with the settings.
 */
public final class BearerTokenFilter implements Filter {
    private final Map<String, String> programmatic;
    private String attribute = "";
    private @Nullable Mapae mapae;
    private @Nullable ContainerIdentity identity;
    private Runnable reportNoMore = () -> {};

    /** A filter with the settings that its surroundings have for it. */
    public BearerTokenFilter() {
        this(Map.of());
    }

    /** A filter with these settings, by the names of the table; they are stronger than those from anywhere else. */
    public BearerTokenFilter(Map<String, String> settings) {
        this.programmatic = Map.copyOf(settings);
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        Map<String, String> initParams = Contexts.texts(config.getInitParameterNames(), config::getInitParameter);
        Surroundings around = Contexts.surroundings(programmatic, initParams, config.getServletContext());
        attribute = Passage.ATTRIBUTE + "." + config.getFilterName();
        ServletContext context = config.getServletContext();
        Optional<Mapae> early = programmatic.isEmpty() ? SharedMapae.takeEarly(around, context) : Optional.empty();
        Mapae mapae = early.orElseGet(() -> Mapae.start(context.getContextPath(), around));
        try {
            demandEverything(around, context);
            Registration.check(config);
            if (early.isEmpty()) {
                reportNoMore = ContainerIdentity.of(context).begin(Configuration.identity(around), context);
            }
            SharedMapae.share(mapae, context);
            this.identity = ContainerIdentity.of(context);
            this.mapae = mapae;
        } catch (RuntimeException | ServletException failed) {
            SharedMapae.unshare(mapae, context); // nobody else would: a filter whose start fails is never destroyed
            throw failed;
        }
    }

    private static void demandEverything(Surroundings around, ServletContext context) throws ServletException {
        if (Configuration.isAutomatic(around) && !Registration.isForEverything(context)) {
            throw new ServletException("auto=true, but the filter is mapped to less than " + Registration.EVERYTHING);
        }
    }

    /**
     * Judges a request at its first dispatch that comes by here, unless that is one for an error or an inclusion, whose
     * response is another's; later dispatches get their caller back.
     */
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Mapae mapae = this.mapae;
        if (mapae == null || identity == null) {
            throw new ServletException("the filter was not started");
        }
        identity.lookAgain();
        Gate gate = mapae.gate();
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse httpResponse)) {
            throw new ServletException("not HTTP");
        }
        DispatcherType type = http.getDispatcherType();
        Optional<Passage> earlier = Passage.of(http.getAttribute(attribute), gate);
        if (type == DispatcherType.REQUEST
                || (earlier.isEmpty() && type != DispatcherType.ERROR && type != DispatcherType.INCLUDE)) {
            admit(gate, http, httpResponse, chain);
        } else if (earlier.isPresent()) {
            proceed(earlier.get(), http, httpResponse, chain);
        } else {
            chain.doFilter(http, httpResponse);
        }
    }

    private void admit(Gate gate, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Answer answer = Judgement.of(request, gate).answer();
        if (answer instanceof Answer.Reply reply) {
            if (!response.isCommitted()) { // Open Liberty goes on to filters after a module's refusal
                Replies.send(reply, response);
            }
        } else if (answer instanceof Answer.Admit admitted) {
            Replies.put(admitted.fields(), response);
            Passage passage = new Passage(gate, request.getMethod(), admitted.caller());
            request.setAttribute(attribute, passage);
            request.setAttribute(Passage.ATTRIBUTE, passage); // for adapters behind this one
            proceed(passage, request, response, chain);
        }
    }

    private static void proceed(
            Passage passage, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        passage.challenge(true); // should another dispatch have ended while it was off
        Runnable leave = CurrentCaller.enter(passage::caller);
        try {
            chain.doFilter(new CallerRequest(request, response, passage), response);
        } catch (RuntimeException | ServletException failure) {
            Optional<ClaimTypeException> claim = ClaimTypeException.in(failure);
            // What an included servlet answers is part of another's answer: the dispatch that includes it refuses.
            boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
            if (claim.isEmpty() || included || response.isCommitted()) {
                throw failure;
            }
            response.reset(); // what the servlet began must go, and one header alone cannot be taken back
            Replies.send(passage.gate().refuse(new ServletView(request), claim.get()), response);
        } finally {
            leave.run();
        }
    }

    @Override
    public void destroy() {
        reportNoMore.run();
        if (mapae != null) {
            mapae.close();
            mapae = null;
        }
    }
}
