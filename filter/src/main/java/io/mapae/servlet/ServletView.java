package io.mapae.servlet;

import io.mapae.http.Request;
import io.mapae.http.Usage;
import io.mapae.identity.Caller;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
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
        String info = request.getPathInfo();
        return info == null ? request.getServletPath() : request.getServletPath() + info;
    }

    @Override
    public String rawTarget() {
        return request.getRequestURI();
    }

    @Override
    public String rawQuery() {
        String query = request.getQueryString();
        return query == null ? "" : query;
    }

    @Override
    public Usage used() {
        return Usage.of(request.getAttribute(Usage.ATTRIBUTE), usage -> request.setAttribute(Usage.ATTRIBUTE, usage));
    }

    @Override
    public List<String> headers(String name) {
        Enumeration<String> values = request.getHeaders(name);
        if (!values.hasMoreElements()) {
            return List.of();
        }
        String first = values.nextElement();
        if (!values.hasMoreElements()) {
            return List.of(first); // nearly always
        }
        List<String> all = new ArrayList<>(List.of(first));
        values.asIterator().forEachRemaining(all::add);
        return all;
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
