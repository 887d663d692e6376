package io.mapae.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where a request comes from, as browsers tell it (RFC 6454, Fetch Metadata). */
final class Origins {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private Origins() {}

    /**
     * Whether a request that carries its token in a cookie may have been caused by another site: it changes something or
     * opens a WebSocket, and neither {@code Sec-Fetch-Site} nor {@code Origin} says that it comes from the application
     * itself or from one of {@code own}.
     */
    static boolean mayBeCrossSite(Request request, Set<String> own) {
        boolean webSocket = request.headers("Upgrade").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(protocol -> protocol.strip().equalsIgnoreCase("websocket"));
        if (SAFE.contains(request.method()) && !webSocket) {
            return false;
        }
        List<String> site = request.headers("Sec-Fetch-Site");
        if (site.equals(List.of("same-origin"))) {
            return false;
        }
        List<String> origin = request.headers("Origin");
        if (origin.size() != 1) {
            return true;
        }
        // What the browser says of the site is not to be overruled by a Host that a proxy may have changed.
        return !own.contains(origin.get(0)) && (!site.isEmpty() || !isItsOwn(origin.get(0), request));
    }

    private static boolean isItsOwn(String origin, Request request) {
        List<String> host = request.headers("Host");
        String scheme = request.secure() ? "https://" : "http://";
        return host.size() == 1 && origin.equals(scheme + host.get(0).toLowerCase(Locale.ROOT));
    }
}
