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
        return isEffective(request) && !isOwn(request, own);
    }

    /** The same, but where a browser says it: what sends neither of the two is none. */
    static boolean isCrossSite(Request request, Set<String> own) {
        boolean isBrowser = !request.headers("Sec-Fetch-Site").isEmpty()
                || !request.headers("Origin").isEmpty();
        return isBrowser && mayBeCrossSite(request, own);
    }

    private static boolean isEffective(Request request) {
        boolean webSocket = request.headers("Upgrade").stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .anyMatch(protocol -> protocol.strip().equalsIgnoreCase("websocket"));
        return !SAFE.contains(request.method()) || webSocket;
    }

    private static boolean isOwn(Request request, Set<String> own) {
        List<String> site = request.headers("Sec-Fetch-Site");
        if (site.equals(List.of("same-origin"))) {
            return true;
        }
        List<String> origin = request.headers("Origin");
        // What the browser says of the site is not to be overruled by a Host that a proxy may have changed.
        return origin.size() == 1
                && (own.contains(origin.get(0)) || (site.isEmpty() && isItsOwn(origin.get(0), request)));
    }

    private static boolean isItsOwn(String origin, Request request) {
        List<String> host = request.headers("Host");
        String scheme = request.secure() ? "https://" : "http://";
        return host.size() == 1 && origin.equals(scheme + host.get(0).toLowerCase(Locale.ROOT));
    }
}
