package io.mapae.keys;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * How an application reaches its issuers.
 *
 * @param trust who vouches for their certificates; empty for the JVM's own trust store
 * @param proxy empty for the JVM's own
 * @param insecureHttp whether {@code http:} may go farther than this machine
 */
public record Transport(Optional<SSLContext> trust, Optional<ProxySelector> proxy, boolean insecureHttp) {
    /** As it is written, without asking a name server. */
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    /**
     * Whether keys from there can be believed: {@code https:}, or {@code http:} to this machine or where that is allowed;
     * without user info, which nobody would be sent.
     */
    public boolean mayReach(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        return address.getHost() != null
                && address.getRawUserInfo() == null
                && (scheme.equals("https")
                        || (scheme.equals("http")
                                && (insecureHttp || LOOPBACK.matcher(host).matches())));
    }

    /** The same of an address that another one named: what came by {@code https:} sends nobody to this machine. */
    boolean mayReach(URI address, URI from) {
        return mayReach(address)
                && (insecureHttp
                        || "https".equalsIgnoreCase(address.getScheme())
                        || "http".equalsIgnoreCase(from.getScheme()));
    }

    /** It follows no redirect by itself, as these may lead anywhere. */
    HttpClient client(Duration connectTimeout, Executor executor) {
        HttpClient.Builder client = HttpClient.newBuilder()
                .connectTimeout(connectTimeout)
                .executor(executor)
                .followRedirects(HttpClient.Redirect.NEVER);
        trust.ifPresent(client::sslContext);
        proxy.ifPresent(client::proxy);
        return client.build();
    }
}
