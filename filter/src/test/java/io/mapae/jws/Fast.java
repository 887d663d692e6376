package io.mapae.jws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.Provider;
import java.util.EnumSet;

/** The real providers, which are on the class path of tests; where their libraries do not run, tests of them are skipped. */
public enum Fast {
    CORRETTO("AmazonCorrettoCryptoProvider"),
    CONSCRYPT("Conscrypt");

    private final String provider;

    Fast(String provider) {
        this.provider = provider;
    }

    String provider() {
        return provider;
    }

    /** By it, whatever it does right; and never by anything else than it before it fails. */
    public Engines engines() {
        Engines engines = Engines.choose(providers(), EnumSet.allOf(Algorithm.class));
        assertThat(engines).hasToString(all());
        return engines;
    }

    /** What engines print that leave all to it. */
    public String all() {
        return provider + " [RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA]";
    }

    public Provider load() {
        return providers().all().get(0).provider();
    }

    private Providers providers() {
        assumed();
        return Providers.named(provider, Fast.class.getClassLoader());
    }

    static void assumed() {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "the fast providers of these tests are for Linux on x86-64");
    }

    @Override
    public String toString() {
        return provider;
    }
}
