package io.mapae.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.benchmarks.Scheme;
import io.mapae.benchmarks.Tokens;
import io.mapae.testkit.TokenBuilder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever is compared judges tokens alike, so that none is fast because it leaves something out. */
class ContestantTest {
    static Stream<Arguments> pairs() {
        return Arrays.stream(Scheme.values())
                .flatMap(scheme -> Contestant.of(scheme).stream().map(each -> Arguments.of(each, scheme)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void acceptsTheGoodTokenAndNoBadOne(Contestant contestant, Scheme scheme) throws Exception {
        Verifier verifier = contestant.verifier(scheme);
        TokenBuilder good = Tokens.good(scheme).issuedIn(-300);
        boolean claims = contestant != Contestant.BARE;
        assertThat(verifier.accepts(good.text())).isTrue();
        assertThat(verifier.accepts(Tokens.forged(good.text()))).isFalse();
        assertThat(claims && verifier.accepts(good.expiresIn(-31).text())).isFalse();
        assertThat(verifier.accepts(good.expiresIn(-20).text())).isTrue();
        assertThat(claims
                        && verifier.accepts(
                                good.audience("https://other.example").text()))
                .isFalse();
        assertThat(claims
                        && verifier.accepts(good.issuer("https://other.example").text()))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"MAPAE", "JOSE4J", "NIMBUS", "SPRING"})
    void whoLooksAtTheTypeRefusesAnother(Contestant contestant) throws Exception {
        Verifier verifier = contestant.verifier(Scheme.RS256);
        assertThat(verifier.accepts(Tokens.good(Scheme.RS256).type("logout+jwt").text()))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA_JWT", "FUSIONAUTH", "NIMBUS", "SPRING"})
    void whoHasNoEdDsaIsNotAskedForIt(Contestant contestant) {
        assertThat(contestant.knows(Scheme.EDDSA)).isFalse();
        assertThatThrownBy(() -> contestant.verifier(Scheme.EDDSA)).isInstanceOf(Exception.class);
    }
}
