package io.mapae;

import io.mapae.config.Assembly;
import io.mapae.config.Assembly.Trusted;
import io.mapae.config.Configuration;
import io.mapae.config.ConfigurationException;
import io.mapae.config.Surroundings;
import io.mapae.http.Demand;
import io.mapae.http.Gate;
import io.mapae.http.Tickets;
import io.mapae.identity.Callers;
import io.mapae.jmx.Beans;
import io.mapae.keys.JwksEndpoints;
import io.mapae.replay.ReplayStore;
import io.mapae.revocation.RevocationFeed;
import io.mapae.revocation.Revocations;
import io.mapae.verify.TokenVerifier;
import io.mapae.verify.VerifiedTokensMXBean;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything of Mapae in one application: adapters share its {@link Gate}. Applications in one server have nothing in
 * common. Safe for use by several threads.
 */
public final class Mapae implements AutoCloseable {
    private static final Logger LOG = System.getLogger("io.mapae");

    private final Gate gate;
    private final Demand unannotated;
    private final JwksEndpoints endpoints;
    private final ReplayStore replay;
    private final Optional<RevocationFeed> revocations;
    private final Runnable shown;

    private Mapae(
            Gate gate,
            Demand unannotated,
            JwksEndpoints endpoints,
            ReplayStore replay,
            Optional<RevocationFeed> revocations,
            Runnable shown) {
        this.gate = gate;
        this.unannotated = unannotated;
        this.endpoints = endpoints;
        this.replay = replay;
        this.revocations = revocations;
        this.shown = shown;
    }

    /**
     * Starts the application's own token service if it has one, reads the settings, builds everything from them, and begins
     * to fetch keys and revocations where these come from elsewhere.
     *
     * @param application by which name JMX shows it, such as its context path
     * @throws ConfigurationException with all that is wrong with the settings; with {@code fail-fast}, also if an issuer's
     *     keys are out of reach
     */
    public static Mapae start(String application, Surroundings around) {
        return start(application, around, InstantSource.system());
    }

    /** The same, with a clock of the caller's: for tests. */
    public static Mapae start(String application, Surroundings around, InstantSource clock) {
        around.service().start();
        Assembly assembly = Configuration.read(around, clock);
        assembly.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        TokenVerifier verifier = new TokenVerifier(
                assembly.issuers().stream().map(Trusted::issuer).toList(),
                assembly.revocations().map(Revocations.class::cast).orElse(Revocations.NONE),
                assembly.engines(),
                assembly.cache(),
                clock);
        Callers callers = Callers.of(assembly.issuers().stream()
                .collect(Collectors.toMap(trusted -> trusted.issuer().policy().issuer(), Trusted::mapping)));
        Mapae mapae = new Mapae(
                new Gate(verifier, callers, assembly.gate(), assembly.once(), clock),
                assembly.unannotated(),
                assembly.endpoints(),
                assembly.replay(),
                assembly.revocations(),
                assembly.cache().tokens() == 0
                        ? () -> {}
                        : Beans.show("VerifiedTokens", application, "", verifier.known(), VerifiedTokensMXBean.class));
        assembly.endpoints().start(application);
        assembly.revocations().ifPresent(feed -> feed.start(application));
        if (assembly.failFast()) {
            mapae.demandKeys();
        }
        LOG.log(
                Level.INFO,
                "Tokens of " + String.join(", ", new TreeSet<>(verifier.issuers())) + " are accepted"
                        + (application.isEmpty() ? "" : " by " + application));
        return mapae;
    }

    private void demandKeys() {
        List<String> problems = endpoints.firstProblems();
        if (!problems.isEmpty()) {
            close();
            throw new ConfigurationException(problems);
        }
    }

    /** The one gate, for every adapter; safe for use by several threads. */
    public Gate gate() {
        return gate;
    }

    /** What is demanded of the callers of a method whose annotations say nothing. */
    public Demand unannotated() {
        return unannotated;
    }

    /** Issues tickets, for clients that cannot send headers; safe for use by several threads. */
    public Tickets tickets() {
        return gate.tickets();
    }

    /**
     * Ends what fetches keys and revocations, and what notes what was used; the gate goes on with those that are here, as
     * long as these serve without being renewed.
     */
    @Override
    public void close() {
        shown.run();
        endpoints.close();
        replay.close();
        revocations.ifPresent(RevocationFeed::close);
    }
}
