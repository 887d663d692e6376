package io.mapae.jws;

import static io.mapae.jws.Algorithm.ES256;
import static io.mapae.jws.Algorithm.HS256;
import static io.mapae.jws.Algorithm.RS256;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.http.LogLines;
import io.mapae.testkit.TestKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.SignatureException;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom signatures are left to. */
class EnginesTest {
    private final FakeProvider fake = new FakeProvider();
    private final LogLines log = LogLines.of("io.mapae.jws");

    @AfterEach
    void closeLog() {
        log.close();
    }

    private static KnownAnswer known(Algorithm algorithm) {
        return KnownAnswer.of(Set.of(algorithm)).values().iterator().next();
    }

    private List<String> lines(Level level) {
        return log.records().stream()
                .filter(line -> line.getLevel().equals(level))
                .map(line -> MessageFormat.format(line.getMessage(), line.getParameters()))
                .toList();
    }

    /** What a provider does with the known answers. */
    enum Conduct {
        HONEST((signature, input, good) -> good),
        THROWS_FOR_BAD((signature, input, good) -> {
            if (!good) {
                throw new SignatureException();
            }
            return true;
        }),
        ACCEPTS_ALL((signature, input, good) -> true),
        REFUSES_ALL((signature, input, good) -> false),
        ACCEPTS_ZEROS((signature, input, good) -> good || Arrays.equals(signature, new byte[signature.length])),
        ACCEPTS_ONES((signature, input, good) -> good || (signature[1] == -1 && signature[2] == -1)),
        LOOKS_NOT_AT_THE_FIRST_BYTE((signature, input, good) -> good || signature[255] == knownSignature()[255]),
        LOOKS_NOT_AT_THE_LAST_BYTE((signature, input, good) -> good || signature[0] == knownSignature()[0]),
        LOOKS_NOT_AT_THE_INPUT((signature, input, good) -> Arrays.equals(signature, knownSignature())),
        BREAKS_AT_BAD((signature, input, good) -> {
            if (!good) {
                throw new ProviderException();
            }
            return true;
        }),
        BREAKS((signature, input, good) -> {
            throw new NoClassDefFoundError();
        });

        private final FakeProvider.Verification verification;

        Conduct(FakeProvider.Verification verification) {
            this.verification = verification;
        }

        private static byte[] knownSignature() {
            return known(RS256).signature();
        }
    }

    @ParameterizedTest(name = "{0}, {1} against the JDK, by name: {2} -> {3}")
    @CsvSource({
        "HONEST, -1, false, Fake",
        "HONEST, 0, false, the JDK",
        "HONEST, 1, false, the JDK",
        "HONEST, 1, true, Fake",
        "THROWS_FOR_BAD, -1, false, Fake",
        "THROWS_FOR_BAD, 1, true, Fake",
        "ACCEPTS_ALL, -1, false, the JDK",
        "ACCEPTS_ALL, -1, true, the JDK",
        "REFUSES_ALL, -1, true, the JDK",
        "ACCEPTS_ZEROS, -1, true, the JDK",
        "ACCEPTS_ONES, -1, true, the JDK",
        "LOOKS_NOT_AT_THE_FIRST_BYTE, -1, true, the JDK",
        "LOOKS_NOT_AT_THE_LAST_BYTE, -1, true, the JDK",
        "LOOKS_NOT_AT_THE_INPUT, -1, true, the JDK",
        "BREAKS_AT_BAD, -1, true, the JDK",
        "BREAKS, -1, true, the JDK",
    })
    void choosesWhoIsRightAndFaster(Conduct conduct, long takes, boolean named, String who) {
        fake.verification = conduct.verification;
        fake.takes = takes;
        assertThat(fake.engines(named, RS256)).hasToString(who + " [RS256]");
        assertThat(lines(Level.INFO)).containsExactly("Signatures are left to " + who + " [RS256]");
        assertThat(lines(Level.WARNING)).isEmpty();
    }

    @Test
    void choosesForEachAlgorithm() {
        assertThat(fake.engines(false, RS256, ES256, HS256)).hasToString("Fake [RS256], the JDK [ES256]");
    }

    @ParameterizedTest(name = "{0} and {1} against the JDK -> {2}")
    @CsvSource({"-10, -20, Second", "-20, -10, First", "-10, 10, First", "10, -10, Second", "10, 10, the JDK"})
    void choosesTheFastestOfSeveral(long first, long second, String who) {
        AtomicLong now = new AtomicLong();
        FakeProvider one = new FakeProvider("First", now);
        FakeProvider other = new FakeProvider("Second", now);
        one.takes = first;
        other.takes = second;
        Providers both = new Providers(List.of(new FastProvider(one), new FastProvider(other)), false);
        assertThat(Engines.choose(both, Set.of(RS256), one::tick)).hasToString(who + " [RS256]");
    }

    @Test
    void triesNothingWhereNothingIsToBeChosen() {
        assertThat(fake.engines(true, HS256)).isSameAs(Engines.jdk()).hasToString("the JDK");
        assertThat(Engines.choose(new Providers(List.of(), false), EnumSet.allOf(Algorithm.class)))
                .isSameAs(Engines.jdk());
        assertThat(fake.verifications).isZero();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void endsTheTrialInTime() {
        fake.takes = 6_000_000;
        fake.engines(false, RS256);
        assertThat(fake.verifications)
                .as("a good signature, four bad ones, another input, and two rounds of 6 ms")
                .isEqualTo(6 + 2);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "HS.*")
    void hasAnAnswerForEachPublicKeyAlgorithm(Algorithm algorithm) {
        KnownAnswer known = known(algorithm);
        assertThat(algorithm.verifies(known.signature(), known.key(), known.input()))
                .isTrue();
        assertThat(Algorithm.fitting(known.key())).contains(algorithm);
    }

    /** As in FIPS modes: an application with tokens of RS256 starts, whatever else its issuer may use. */
    @Test
    void leavesOutWhatTheJvmHasNoKeysFor() {
        Provider sunEc = Security.getProvider("SunEC");
        int place = List.of(Security.getProviders()).indexOf(sunEc) + 1;
        Security.removeProvider("SunEC");
        try {
            assertThat(KnownAnswer.of(Set.of(RS256, Algorithm.ES256, Algorithm.ED25519)))
                    .containsOnlyKeys(RS256);
        } finally {
            Security.insertProviderAt(sunEc, place);
        }
    }

    /** Else whoever is slower would seem to be faster. */
    @Test
    void comparesWithNoJdkThatIsNotRight() {
        KnownAnswer known = known(RS256);
        KnownAnswer wrong = new KnownAnswer(TestKey.rsa().publicKey(), known.signature());
        FastProvider provider = new FastProvider(fake);
        List<ProviderEngine> right =
                new Trial(RS256, known, fake::tick).engine(provider).stream().toList();
        assertThat(right).hasSize(1);
        assertThat(new Trial(RS256, known, fake::tick).fastest(right)).isPresent();
        fake.verification = (signature, input, good) -> true;
        assertThat(new Trial(RS256, wrong, fake::tick).fastest(right)).isEmpty();
    }
}
