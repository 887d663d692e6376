package io.mapae;

import io.mapae.config.Assembly;
import io.mapae.config.Configuration;
import io.mapae.config.Surroundings;
import io.mapae.http.Gate;
import io.mapae.verify.TokenVerifier;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;

/**
 * Everything of Mapae in one application: adapters share its {@link Gate}. There is no state outside it, so that
 * applications in one server have nothing in common. Immutable.
 */
public final class Mapae {
    private static final Logger LOG = System.getLogger("io.mapae");

    private final Gate gate;

    private Mapae(Gate gate) {
        this.gate = gate;
    }

    /**
     * Reads the settings and builds everything from them.
     *
     * @throws io.mapae.config.ConfigurationException with all that is wrong with the settings
     */
    public static Mapae start(Surroundings around) {
        return start(around, InstantSource.system());
    }

    /** The same, with a clock of the caller's: for tests. */
    public static Mapae start(Surroundings around, InstantSource clock) {
        Assembly assembly = Configuration.read(around, clock);
        assembly.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
        TokenVerifier verifier = new TokenVerifier(assembly.policy(), assembly.keys(), clock);
        LOG.log(Level.INFO, "Tokens of issuer " + verifier.issuer() + " are accepted");
        return new Mapae(new Gate(verifier, assembly.mapping(), assembly.gate(), clock));
    }

    /** The one gate, for every adapter; safe for use by several threads. */
    public Gate gate() {
        return gate;
    }
}
