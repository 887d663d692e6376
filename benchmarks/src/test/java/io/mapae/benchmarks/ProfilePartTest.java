package io.mapae.benchmarks;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProfilePartTest {
    @Test
    void countsForTheInnermostClassOfOurs() {
        assertThat(ProfilePart.samples("""
                        io/mapae/benchmarks/ProfilePart.verify;io/mapae/verify/TokenVerifier.verify;io/mapae/jws/Json$NotStrict.<init> 2
                        io/mapae/benchmarks/ProfilePart.verify;io/mapae/jws/Json.object;java/util/HashMap.put;itable stub 3
                        io/mapae/benchmarks/ProfilePart.verify;io/mapae/verify/Checks.expiry 1
                        io/mapae/verify/Checks$$Lambda$14.0x0000000800c03000.violation;io/mapae/verify/Checks$$Lambda$15.0x0000000800c03400.apply 2
                        io/mapae/benchmarks/ProfilePart.verify;java/util/HashMap.put 7
                        Thread::call_run;Compile::Compile 9
                        """)).containsOnly(entry("Json", 5), entry("Checks", 3));
    }
}
