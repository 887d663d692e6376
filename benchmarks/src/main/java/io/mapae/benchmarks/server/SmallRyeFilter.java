package io.mapae.benchmarks.server;

import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;

/** What an application would write around SmallRye's parser, which comes with no filter for servlets. */
final class SmallRyeFilter extends HttpFilter {
    private static final String SCHEME = "Bearer ";

    private final transient JWTParser parser;

    SmallRyeFilter(JWTParser parser) {
        this.parser = parser;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String header = request.getHeader("Authorization");
        if (header == null || !header.startsWith(SCHEME)) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        Principal caller;
        try {
            caller = parser.parse(header.substring(SCHEME.length()));
        } catch (ParseException bad) {
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        chain.doFilter(new Named(request, caller), response);
    }

    private static final class Named extends HttpServletRequestWrapper {
        private final Principal caller;

        Named(HttpServletRequest request, Principal caller) {
            super(request);
            this.caller = caller;
        }

        @Override
        public Principal getUserPrincipal() {
            return caller;
        }
    }
}
