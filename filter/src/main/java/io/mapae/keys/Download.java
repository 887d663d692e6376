package io.mapae.keys;

import io.mapae.keys.JwksEndpoint.Limits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * One text from the network. Its deadline covers connection, redirects, headers and body, where the HTTP client's own
 * ends with the headers.
 */
final class Download {
    /** @param maxAge how long the response says that it may be used */
    record Page(String text, Optional<Duration> maxAge) {}

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_REDIRECTS = 3;
    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[\\s,])max-age=\"?([0-9]{1,9})");
    private static final int MAX_MESSAGE = 500;

    private final HttpClient http;
    private final Agenda agenda;
    private final Map<String, String> headers;
    private final Limits limits;
    private final CompletableFuture<Page> page = new CompletableFuture<>();
    private @Nullable Future<?> exchange;

    private Download(HttpClient http, Agenda agenda, Map<String, String> headers, Limits limits) {
        this.http = http;
        this.agenda = agenda;
        this.headers = headers;
        this.limits = limits;
    }

    /** Begins; to be called on the agenda, where the result arrives too, at the deadline at the latest. */
    static CompletableFuture<Page> of(
            URI address, HttpClient http, Agenda agenda, Map<String, String> headers, Limits limits) {
        Download download = new Download(http, agenda, headers, limits);
        Runnable inTime = agenda.after(
                limits.deadline(), () -> download.fail(new IOException("no answer within " + limits.deadline())));
        download.send(address, MAX_REDIRECTS);
        return download.page.whenComplete((page, failure) -> {
            inTime.run();
            if (download.exchange != null) {
                download.exchange.cancel(true);
            }
        });
    }

    private void send(URI address, int redirects) {
        try {
            var sent = http.sendAsync(request(address), head -> BoundedBody.of(head, limits.maxSize()));
            exchange = sent;
            var unused = sent.whenComplete((response, failure) -> agenda.soon(() -> {
                if (failure != null) {
                    fail(failure);
                } else {
                    arrived(address, response, redirects);
                }
            }));
        } catch (IllegalArgumentException unfit) {
            fail(unfit);
        }
    }

    /** HTTP/2 over TLS alone: else the client of JDK 17 asks for an upgrade that many servers answer strangely. */
    private HttpRequest request(URI address) {
        boolean tls = "https".equalsIgnoreCase(address.getScheme());
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .version(tls ? Version.HTTP_2 : Version.HTTP_1_1)
                .header("Accept", "application/json, application/jwk-set+json");
        headers.forEach(request::setHeader);
        return request.build();
    }

    private void arrived(URI address, HttpResponse<byte[]> response, int redirects) {
        if (page.isDone()) {
            return; // too late
        }
        Optional<URI> elsewhere = response.headers().firstValue("Location").flatMap(place -> resolved(address, place));
        if (REDIRECTS.contains(response.statusCode()) && elsewhere.isPresent() && redirects > 0) {
            if (isSameOrigin(address, elsewhere.get())) {
                send(elsewhere.get(), redirects - 1);
            } else {
                fail(new IOException("a redirect to another origin"));
            }
        } else if (response.statusCode() != 200) {
            fail(new IOException("HTTP status " + response.statusCode()));
        } else if (!response.headers()
                .firstValue("Content-Encoding")
                .orElse("identity")
                .equals("identity")) {
            fail(new IOException("a compressed response, which was not asked for"));
        } else {
            page.complete(new Page(new String(response.body(), StandardCharsets.UTF_8), maxAge(response)));
        }
    }

    private void fail(Throwable failure) {
        page.completeExceptionally(failure);
    }

    private static Optional<URI> resolved(URI address, String place) {
        try {
            return Optional.of(address.resolve(place));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** RFC 6454 §4, but for default ports and upper case, of which the strict reading only refuses more. */
    static boolean isSameOrigin(URI one, URI other) {
        return Objects.equals(one.getScheme(), other.getScheme())
                && Objects.equals(one.getHost(), other.getHost())
                && one.getPort() == other.getPort();
    }

    /** RFC 9111 §5.2.2.1. */
    private static Optional<Duration> maxAge(HttpResponse<?> response) {
        String control = String.join(",", response.headers().allValues("Cache-Control"));
        Matcher age = MAX_AGE.matcher(control.toLowerCase(Locale.ROOT));
        return age.find() ? Optional.of(Duration.ofSeconds(Long.parseLong(age.group(1)))) : Optional.empty();
    }

    /** Whether what came was no HTTP: the client gives up such a connection without closing it (as of JDK 25). */
    static boolean isNoHttp(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProtocolException || cause instanceof NumberFormatException) {
                return true;
            }
        }
        return false;
    }

    /** An address without what may be secret in it. */
    static String place(URI address) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        return address.getScheme() + "://" + address.getHost() + port + address.getRawPath();
    }

    /** What went wrong, on one line of bounded length. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        boolean ours = cause.getClass() == IOException.class || cause instanceof KeysOutOfReachException;
        String message = ours ? String.valueOf(cause.getMessage()) : foreign(cause);
        return shown(message, MAX_MESSAGE);
    }

    /** What the JDK says, and what it does not: of an unknown host, or a port where nobody listens, it names the type alone. */
    private static String foreign(Throwable failure) {
        String type = failure.getClass().getSimpleName();
        String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
        String hint = "";
        if (failure instanceof SSLHandshakeException) {
            hint = " (see trust-store)";
        } else if (failure instanceof ConnectException && message.isEmpty()) {
            hint = isUnresolved(failure) ? ": unknown host" : ": nobody listens there";
        }
        return type + message + hint;
    }

    private static boolean isUnresolved(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    /** Foreign text that can neither break a line nor fill it, nor be taken for a lookup by a log library. */
    static String shown(String text, int length) {
        String line = text.replaceAll("[^ -~]|[$]", "?");
        return line.length() > length ? line.substring(0, length) + "..." : line;
    }
}
