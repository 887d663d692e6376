package io.mapae.service;

import io.mapae.config.ConfigurationException;
import io.mapae.config.Declared;
import io.mapae.config.LocalService;
import io.mapae.config.Surroundings;
import io.mapae.service.Assembly.Assembled;
import io.mapae.service.key.SigningKeys;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The service of one application: everything behind its endpoints. Safe for use by several threads. */
public final class TokenService implements AutoCloseable {
    private static final Logger LOG = System.getLogger("io.mapae.service");
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration FIRST_PURGE = Duration.ofSeconds(1);
    private static final Duration PURGE = Duration.ofMinutes(10);

    private final Assembled assembled;
    private final Opened opened;

    private TokenService(Assembled assembled, Opened opened) {
        this.assembled = assembled;
        this.opened = opened;
    }

    /**
     * Opens the stores, makes what is missing, and begins.
     *
     * @param contextPath of the application, as browsers see it
     * @param local by which the application's own filter learns of the keys
     * @throws ConfigurationException with all that is wrong with the settings; also if the database is out of reach, as
     *     without it there are no keys
     */
    public static TokenService start(String contextPath, Surroundings around, LocalService local, InstantSource clock) {
        Opened opened = new Opened();
        try {
            Assembly assembly = new Assembly(contextPath, Declared.read(around), around, clock, opened);
            TokenService service = new TokenService(assembly.assemble(local), opened);
            service.begin(clock);
            LOG.log(
                    Level.INFO,
                    "Tokens are issued by " + service.parts().options().issuer());
            return service;
        } catch (StoreException | InvalidKeyException failure) {
            opened.close();
            throw new ConfigurationException(List.of("the token service cannot start: " + failure.getMessage()));
        } catch (RuntimeException | Error failure) {
            opened.close();
            throw failure;
        }
    }

    private void begin(InstantSource clock) {
        Housekeeping housekeeping = opened.add(new Housekeeping());
        housekeeping.every(TICK, TICK, assembled.keys()::tick);
        housekeeping.every(
                FIRST_PURGE, PURGE, () -> assembled.storage().sessions().purge(Instant.ofEpochMilli(clock.millis())));
        housekeeping.every(FIRST_PURGE, PURGE, assembled.storage().attempts()::purge);
    }

    /** What the endpoints work with. */
    public Parts parts() {
        return assembled.parts();
    }

    /** The keys, to be replaced by command. */
    public SigningKeys keys() {
        return assembled.keys();
    }

    /** Ends it, once no requests run any more: those that still do get 503. */
    @Override
    public void close() {
        opened.close();
    }
}
