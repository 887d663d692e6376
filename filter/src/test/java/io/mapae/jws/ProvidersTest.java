package io.mapae.jws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.http.LogLines;
import io.mapae.testkit.TestKey;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.Provider;
import java.security.Security;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jose4j.jca.ProviderContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import tools.jackson.core.json.JsonFactory;

/** Which providers there are for whom. */
class ProvidersTest {
    private static final ClassLoader WITH_BOTH = ProvidersTest.class.getClassLoader();
    private static final ClassLoader WITH_NONE = ClassLoader.getPlatformClassLoader();

    private final LogLines log = LogLines.of("io.mapae.jws");

    @AfterEach
    void closeLog() {
        log.close();
    }

    private static List<String> named(String setting, ClassLoader classes) {
        return Providers.named(setting, classes).all().stream()
                .map(FastProvider::toString)
                .toList();
    }

    // by name

    @Test
    void areThoseWithinReach() {
        Fast.assumed();
        assertThat(named("auto", WITH_BOTH)).containsExactly("AmazonCorrettoCryptoProvider", "Conscrypt");
        assertThat(named("Conscrypt", WITH_BOTH)).containsExactly("Conscrypt");
        assertThat(named("jdk", WITH_BOTH)).isEmpty();
        assertThat(named("auto", WITH_NONE)).isEmpty();
        assertThat(named("SunRsaSign", WITH_NONE)).containsExactly("SunRsaSign");
        assertThat(Security.getProvider("Conscrypt")).as("registered").isNull();
        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"Conscrypt", "AUTO", "JDK", "sunrsasignx", "BC"})
    void areToldWhereThereIsNoneOfThatName(String name) {
        assertThatThrownBy(() -> Providers.named(name, WITH_NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expected auto, jdk or one of ")
                .hasMessageContaining("SunRsaSign")
                .hasMessageNotContaining("Conscrypt");
        if (!name.equals("Conscrypt")) {
            assertThatThrownBy(() -> Providers.named(name, WITH_BOTH)).hasMessageContaining("Conscrypt");
        }
    }

    @Test
    void areTakenAsTheServerRegisteredThem() {
        Provider registered = Fast.CONSCRYPT.load();
        Security.addProvider(registered);
        try {
            assertThat(Providers.named("auto", WITH_NONE).all())
                    .singleElement()
                    .satisfies(found -> assertThat(found.provider()).isSameAs(registered));
        } finally {
            Security.removeProvider("Conscrypt");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SunRsaSign | SunRsaSign [RS256, RS384, RS512, PS256, PS384, PS512], the JDK [ES256, ES384, ES512, EdDSA]
            SunEC      | SunEC [ES256, ES384, ES512, EdDSA], the JDK [RS256, RS384, RS512, PS256, PS384, PS512]
            SUN        | the JDK [RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA]
            """)
    void doWhatTheyCan(String name, String shares) {
        assertThat(Engines.choose(Providers.named(name, WITH_NONE), EnumSet.allOf(Algorithm.class)))
                .hasToString(shares);
    }

    // in applications

    /** As an application has a provider in its {@code WEB-INF/lib}; perhaps without what only the machine can run. */
    private static URLClassLoader application(Fast fast, boolean withLibrary) {
        URL jar = fast.load().getClass().getProtectionDomain().getCodeSource().getLocation();
        return new URLClassLoader(new URL[] {jar}, WITH_NONE) {
            @Override
            public @Nullable InputStream getResourceAsStream(String name) {
                return withLibrary || !name.endsWith(".so") ? super.getResourceAsStream(name) : null;
            }

            @Override
            public @Nullable URL getResource(String name) {
                return withLibrary || !name.endsWith(".so") ? super.getResource(name) : null;
            }
        };
    }

    private static Engines engines(String setting, ClassLoader classes) {
        return Engines.choose(Providers.named(setting, classes), EnumSet.of(Algorithm.ES256));
    }

    private static void demandRightVerdicts(Engines engines) {
        TestKey signing = TestKey.ec("P-256");
        VerificationKey key = new VerificationKey(Optional.empty(), Set.of(Algorithm.ES256), signing.publicKey());
        byte[] input = {1, 2, 3};
        byte[] signature = signing.sign("ES256", input);
        assertThat(engines.verifies(Algorithm.ES256, signature, key, input)).isTrue();
        signature[9]++;
        assertThat(engines.verifies(Algorithm.ES256, signature, key, input)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void serveAnApplicationThatIsDeployedAgain(Fast fast) throws IOException {
        for (int deployment = 0; deployment < 3; deployment++) {
            try (URLClassLoader classes = application(fast, true)) {
                Engines engines = engines("auto", classes);
                demandRightVerdicts(engines);
                assertThat(engines).hasToString(fast + " [ES256]");
            }
        }
    }

    @ParameterizedTest(name = "{0}, crypto-provider={1}")
    @CsvSource({
        "CORRETTO, auto",
        "CORRETTO, AmazonCorrettoCryptoProvider",
        "CONSCRYPT, auto",
        "CONSCRYPT, Conscrypt",
    })
    void areDoneWithoutWhereTheirLibraryCannotBeLoaded(Fast fast, String setting) throws IOException {
        try (URLClassLoader classes = application(fast, false)) {
            for (int start = 0; start < 2; start++) {
                demandRightVerdicts(engines(setting, classes));
            }
        }
        assertThat(log.records()).hasSize(2).allSatisfy(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.INFO);
            assertThat(MessageFormat.format(line.getMessage(), line.getParameters()))
                    .startsWith(fast + " is here but cannot be used, the JDK checks signatures: ");
        });
    }

    /** As a server has a provider, and an application our classes; in {@code WEB-INF/lib} either would hold itself. */
    @ParameterizedTest
    @EnumSource
    void holdNoApplicationThatHasEnded(Fast fast) throws Exception {
        try (URLClassLoader server = application(fast, true)) {
            Class.forName(fast.load().getClass().getName(), true, server); // or Amazon's thread holds who came first
            WeakReference<ClassLoader> ended = served(server, fast);
            for (int i = 0; i < 100 && ended.get() != null; i++) {
                System.gc();
                Thread.sleep(50);
            }
            assertThat(ended.get()).isNull();
        }
    }

    /** An application that chose its engines, and has ended. */
    private static WeakReference<ClassLoader> served(ClassLoader server, Fast fast) throws Exception {
        Thread here = Thread.currentThread();
        ClassLoader context = here.getContextClassLoader();
        URL[] jars = Stream.of(Engines.class, ProviderContext.class, JsonFactory.class, Logger.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .toArray(URL[]::new);
        try (URLClassLoader application = new URLClassLoader(jars, server)) {
            here.setContextClassLoader(application);
            Class<?> providers = application.loadClass(Providers.class.getName());
            Class<?> algorithm = application.loadClass(Algorithm.class.getName());
            Object engines = application
                    .loadClass(Engines.class.getName())
                    .getMethod("choose", providers, Set.class)
                    .invoke(
                            null,
                            providers
                                    .getMethod("named", String.class, ClassLoader.class)
                                    .invoke(null, fast.toString(), application),
                            Set.of(algorithm.getField("RS256").get(null)));
            assertThat(engines).hasToString(fast + " [RS256]");
            return new WeakReference<>(application);
        } finally {
            here.setContextClassLoader(context);
        }
    }

    @Test
    void printNoKey() {
        Engines engines = engines("auto", WITH_BOTH);
        demandRightVerdicts(engines);
        byte[] key = TestKey.ec("P-256").publicKey().getEncoded();
        assertThat(log.records().toString() + engines)
                .doesNotContain(Parts.base64(key))
                .doesNotContain(Arrays.toString(key));
    }
}
