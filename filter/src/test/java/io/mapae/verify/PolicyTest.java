package io.mapae.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.jws.Algorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTest {
    static Stream<Consumer<Given>> impossible() {
        return Stream.of(
                given -> given.issuer = "",
                given -> given.algorithms = Set.of(),
                given -> given.nameClaims = List.of(),
                given -> given.maxLength = 0,
                given -> given.maxLength = -1);
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void canBeSatisfied(Consumer<Given> change) {
        Given given = new Given();
        assertThat(given.policy()).isNotNull();
        change.accept(given);
        assertThatIllegalArgumentException()
                .isThrownBy(given::policy)
                .withMessage("a policy needs an issuer, an algorithm, a naming claim and a length");
    }

    @Test
    void takesALengthOfOne() {
        Given given = new Given();
        given.maxLength = 1;
        assertThat(given.policy().maxLength()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "PT0S, true",
        "PT5M, true",
        "PT4M59.999999999S, true",
        "PT-0.000000001S, false",
        "PT5M0.000000001S, false",
        "PT-1S, false",
        "PT1H, false"
    })
    void boundsTheClockSkew(Duration skew, boolean taken) {
        Given given = new Given();
        given.clockSkew = skew;
        if (taken) {
            assertThat(given.policy().times().clockSkew()).isEqualTo(skew);
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(given::policy)
                    .withMessage("clock skew must be from PT0S to PT5M");
        }
    }

    @Test
    void isImmutable() {
        Given given = new Given();
        Set<String> accepted = new HashSet<>(Set.of("a"));
        Set<Algorithm> algorithms = EnumSet.of(Algorithm.RS256);
        Set<String> types = new HashSet<>(Set.of("JWT"));
        Set<String> required = new HashSet<>(Set.of("x"));
        Map<String, String> demanded = new HashMap<>(Map.of("a", "b"));
        List<String> names = new ArrayList<>(List.of("sub"));
        given.audience = new Policy.Audience("aud", accepted);
        given.algorithms = algorithms;
        given.types = new Policy.Types(types, true);
        given.requiredClaims = required;
        given.demandedValues = demanded;
        given.nameClaims = names;
        Policy policy = given.policy();
        for (java.util.Collection<?> collection : List.of(accepted, algorithms, types, required, names)) {
            collection.clear();
        }
        demanded.clear();

        assertThat(policy.audience().accepted()).containsExactly("a");
        assertThat(policy.algorithms()).containsExactly(Algorithm.RS256);
        assertThat(policy.types().names()).containsExactly("jwt");
        assertThat(policy.requiredClaims()).containsExactly("iss", "exp", "aud", "x");
        assertThat(policy.demandedValues()).containsExactly(Map.entry("a", "b"));
        assertThat(policy.nameClaims()).containsExactly("sub");
        assertThatThrownBy(() -> policy.types().names().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void knowsTheAsymmetricAlgorithms() {
        assertThat(Policy.ASYMMETRIC)
                .containsExactlyInAnyOrderElementsOf(EnumSet.range(Algorithm.RS256, Algorithm.ED25519))
                .noneMatch(Algorithm::isSymmetric)
                .hasSize(10);
    }
}
