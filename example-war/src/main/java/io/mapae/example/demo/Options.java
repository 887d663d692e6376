package io.mapae.example.demo;

import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * How the demonstration is to run.
 *
 * @param port of the page; 0 for any that is free
 * @param split whether each service is in a process of its own
 * @param issuer whose tokens are taken, instead of the demonstration's own
 * @param audience whom these have to be for; without it, anybody
 * @param accessLifetime of the demonstration's own tokens
 */
public record Options(
        int port, boolean split, Optional<String> issuer, Optional<String> audience, Duration accessLifetime) {
    private static final String DEFAULT_PORT = "8080";
    private static final int MAX_PORT = 65535;

    /** Of the services that are not with the page. */
    static final int MORE_PORTS = 3;

    /** So short that whoever tries it sees tokens end, and their renewal. */
    private static final Duration ACCESS_LIFETIME = Duration.ofMinutes(1);

    /** On any port, all in one process, with accounts of its own. */
    public static Options defaults() {
        return new Options(0, false, Optional.empty(), Optional.empty(), ACCESS_LIFETIME);
    }

    /** The same, on that port. */
    public Options port(int other) {
        return new Options(other, split, issuer, audience, accessLifetime);
    }

    /** The same, with each service in a process of its own. */
    public Options splitServices() {
        return new Options(port, true, issuer, audience, accessLifetime);
    }

    /** The same, for tokens from elsewhere. */
    public Options issuer(String other) {
        return new Options(port, split, Optional.of(other), audience, accessLifetime);
    }

    /** The same, with other times for its own tokens. */
    public Options accessLifetime(Duration other) {
        return new Options(port, split, issuer, audience, other);
    }

    /**
     * What the properties {@code port}, {@code services}, {@code issuer} and {@code audience} say.
     *
     * @throws IllegalArgumentException in words for people
     */
    static Options of(Properties properties) {
        String port = properties.getProperty("port", DEFAULT_PORT);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > MAX_PORT) {
            throw new IllegalArgumentException("-Dport=" + port + " is no port: a number up to " + MAX_PORT + " is");
        }
        String services = properties.getProperty("services", "one");
        if (!services.equals("one") && !services.equals("split")) {
            throw new IllegalArgumentException("-Dservices=" + services + " is neither one nor split");
        }
        Optional<String> issuer = Optional.ofNullable(properties.getProperty("issuer"));
        Optional<String> audience = Optional.ofNullable(properties.getProperty("audience"));
        boolean split = services.equals("split");
        if (split && Integer.parseInt(port) > MAX_PORT - MORE_PORTS) {
            throw new IllegalArgumentException("-Dport=" + port + " leaves no ports for the other services");
        }
        if (split && issuer.isPresent()) {
            throw new IllegalArgumentException("-Dservices=split and -Dissuer=… do not go together");
        }
        if (audience.isPresent() && issuer.isEmpty()) {
            throw new IllegalArgumentException("-Daudience=… is of use with -Dissuer=… only");
        }
        return new Options(Integer.parseInt(port), split, issuer, audience, ACCESS_LIFETIME);
    }
}
