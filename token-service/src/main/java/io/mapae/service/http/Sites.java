package io.mapae.service.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which pages may use the service: its own, and those of the origins that settings name. Cookies come with whatever a browser
 * sends, so that a page of anybody else's must not cause anything (Fetch Metadata, RFC 6454).
 */
record Sites(Set<String> origins) {
    private static final String METHODS = "GET, POST, DELETE";
    private static final String HEADERS = "Authorization, Content-Type";

    /** Whether a page of another site has caused it; what sends neither of the two headers is no browser. */
    boolean isForeign(Exchange exchange) {
        List<String> origin = exchange.headers("Origin");
        if (origin.size() == 1 && origins.contains(origin.get(0))) {
            return false;
        }
        List<String> site = exchange.headers("Sec-Fetch-Site");
        if (!site.isEmpty()) {
            return !site.equals(List.of("same-origin")) && !site.equals(List.of("none"));
        }
        return !origin.isEmpty() && !origin.equals(List.of(own(exchange)));
    }

    private static String own(Exchange exchange) {
        String scheme = exchange.request().isSecure() ? "https://" : "http://";
        return scheme + String.join(",", exchange.headers("Host")).toLowerCase(Locale.ROOT);
    }

    static boolean isPreflight(Exchange exchange) {
        return exchange.request().getMethod().equals("OPTIONS")
                && !exchange.headers("Origin").isEmpty()
                && !exchange.headers("Access-Control-Request-Method").isEmpty();
    }

    /** What a response says to browsers of the pages that may read it (Fetch §3.2), with cookies. */
    Map<String, String> fields(Exchange exchange) {
        Map<String, String> fields = new TreeMap<>();
        if (!origins.isEmpty()) {
            fields.put("Vary", "Origin");
        }
        List<String> origin = exchange.headers("Origin");
        if (origin.size() == 1 && origins.contains(origin.get(0))) {
            fields.put("Access-Control-Allow-Origin", origin.get(0));
            fields.put("Access-Control-Allow-Credentials", "true");
            fields.put("Access-Control-Expose-Headers", "Retry-After, WWW-Authenticate");
            if (isPreflight(exchange)) {
                fields.put("Access-Control-Allow-Methods", METHODS);
                fields.put("Access-Control-Allow-Headers", HEADERS);
                fields.put("Access-Control-Max-Age", "600");
            }
        }
        return fields;
    }
}
