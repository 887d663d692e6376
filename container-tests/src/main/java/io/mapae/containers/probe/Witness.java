package io.mapae.containers.probe;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Another filter, before or behind the one that is tested: it notes whom it sees. */
public final class Witness implements Filter {
    static final String ATTRIBUTE = "witness.";

    private String name = "";

    @Override
    public void init(FilterConfig config) {
        name = config.getFilterName();
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http) {
            request.setAttribute(ATTRIBUTE + name, Seen.name(http.getUserPrincipal()));
        }
        chain.doFilter(request, response);
    }
}
