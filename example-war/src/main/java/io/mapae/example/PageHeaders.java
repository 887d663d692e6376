package io.mapae.example;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells browsers to run nothing but the page's own files, and to connect to nothing but its services. */
public final class PageHeaders extends HttpFilter {
    private transient String policy = "";

    @Override
    public void init() {
        String services = Setting.ORIGINS.in(getServletContext()).stream()
                .flatMap(origins -> Arrays.stream(origins.split(",")))
                .map(String::strip)
                .flatMap(origin -> Stream.of(origin, origin.replaceFirst("^http", "ws")))
                .map(origin -> " " + origin)
                .collect(Collectors.joining());
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'"
                + services + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-cache"); // what is answered to callers says more
        chain.doFilter(request, response);
    }
}
