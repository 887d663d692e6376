package io.mapae.servlet;

import io.mapae.http.Request;
import io.mapae.http.Usage;
import io.mapae.identity.Caller;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A servlet request as the gate sees it. */
record ServletView(HttpServletRequest request) implements Request {
    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        return request.getServletPath()
                + Optional.ofNullable(request.getPathInfo()).orElse("");
    }

    @Override
    public String rawTarget() {
        return request.getRequestURI();
    }

    @Override
    public String rawQuery() {
        return Optional.ofNullable(request.getQueryString()).orElse("");
    }

    @Override
    public Usage used() {
        return Usage.of(request.getAttribute(Usage.ATTRIBUTE), usage -> request.setAttribute(Usage.ATTRIBUTE, usage));
    }

    @Override
    public List<String> headers(String name) {
        return Collections.list(request.getHeaders(name));
    }

    @Override
    public List<String> cookies(String name) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? List.of()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(name))
                        .map(Cookie::getValue)
                        .toList();
    }

    @Override
    public Optional<User> user() {
        Principal principal = request.getUserPrincipal();
        boolean ours = Caller.of(principal).isPresent() || CallerRequest.BEARER.equals(request.getAuthType());
        return principal == null || ours ? Optional.empty() : Optional.of(request::isUserInRole);
    }

    @Override
    public boolean secure() {
        return request.isSecure();
    }
}
