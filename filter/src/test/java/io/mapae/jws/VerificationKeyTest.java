package io.mapae.jws;

import static io.mapae.jws.Algorithm.ES256;
import static io.mapae.jws.Algorithm.PS256;
import static io.mapae.jws.Algorithm.RS256;
import static io.mapae.jws.Algorithm.RS512;
import static io.mapae.jws.Parts.good;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.security.interfaces.RSAPublicKey;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerificationKeyTest {
    private static VerificationKey rsa(@Nullable String id, Algorithm... algorithms) {
        return new VerificationKey(
                Optional.ofNullable(id), Set.of(algorithms), TestKey.rsa().publicKey());
    }

    @Test
    void needsAnAlgorithmThatFitsTheKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rsa("a"))
                .withMessage("the key fits none or not all of []");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rsa("a", ES256))
                .withMessage("the key fits none or not all of [ES256]");
        assertThatIllegalArgumentException().isThrownBy(() -> rsa("a", RS256, ES256));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VerificationKey(
                        Optional.empty(), Set.of(RS256), TestKey.weakRsa().publicKey()));
        assertThat(rsa("a", RS256, PS256).algorithms()).containsExactlyInAnyOrder(RS256, PS256);
    }

    @Test
    void copiesTheAlgorithms() {
        Set<Algorithm> algorithms = EnumSet.of(RS256);
        VerificationKey key =
                new VerificationKey(Optional.empty(), algorithms, TestKey.rsa().publicKey());
        algorithms.add(PS256);
        assertThat(key.algorithms()).containsExactly(RS256);
        assertThatThrownBy(() -> key.algorithms().add(PS256)).isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest(name = "key {0}, token {1} {2} -> {3}")
    @CsvSource({
        "a, RS256, a, true",
        "a, RS256, , true",
        " , RS256, a, true",
        " , RS256, , true",
        "a, RS256, b, false",
        "a, RS256, A, false",
        "a, RS256, '', false",
        "'', RS256, a, false",
        "'', RS256, '', true",
        "a, PS256, a, true",
        "a, RS512, a, false",
        "a, ES256, a, false",
        "a, HS256, a, false",
        " , HS256, , false",
    })
    void fitsATokenOfItsIdAndOneOfItsAlgorithms(
            @Nullable String id, Algorithm algorithm, @Nullable String keyId, boolean fits) {
        Header header = new Header(algorithm, Optional.ofNullable(keyId), Optional.empty());
        assertThat(rsa(id, RS256, PS256).fits(header)).isEqualTo(fits);
    }

    @Test
    void isMistakenForOneOfTheSameIdThatSharesAnAlgorithm() {
        VerificationKey key = rsa("a", RS256, PS256);
        VerificationKey elliptic = new VerificationKey(
                Optional.of("a"), Set.of(ES256), TestKey.ec("P-256").publicKey());
        assertThat(key.isMistakenFor(rsa("a", RS256))).isTrue();
        assertThat(key.isMistakenFor(rsa("a", PS256, RS512))).isTrue();
        assertThat(key.isMistakenFor(rsa("a", RS512))).isFalse();
        assertThat(key.isMistakenFor(elliptic)).isFalse();
        assertThat(key.isMistakenFor(rsa("b", RS256))).isFalse();
        assertThat(key.isMistakenFor(rsa(null, RS256))).isFalse();
        assertThat(rsa(null, RS256).isMistakenFor(rsa(null, RS256))).isFalse();
        assertThat(key.algorithms()).containsExactlyInAnyOrder(RS256, PS256);
    }

    @ParameterizedTest
    @EnumSource
    void verifiesATokenOfEachAlgorithm(Algorithm algorithm) {
        TestKey key = Keys.fitting(algorithm.toString());
        String text = TokenBuilder.signedBy(key).algorithm(algorithm.toString()).text();
        SignedToken token = good(new TokenReader().read(text));

        VerificationKey verifying =
                new VerificationKey(Optional.of(key.keyId()), Set.of(algorithm), Keys.verifying(key));
        assertThat(token.isSignedBy(verifying)).isTrue();
        assertThat(token.isSignedBy(new VerificationKey(Optional.of("other"), Set.of(algorithm), verifying.key())))
                .as("under another id")
                .isFalse();
        SignedToken altered = good(new TokenReader().read(text.replace(".ey", ".ez")));
        assertThat(altered.isSignedBy(verifying)).as("altered").isFalse();
        assertThat(good(token.claims()).string("sub")).hasValue("alice");
    }

    @Test
    void verifiesNothingWithAnAlgorithmThatTheKeyIsNotFor() {
        SignedToken token = good(new TokenReader()
                .read(TokenBuilder.signedBy(TestKey.rsa()).algorithm("RS256").text()));
        assertThat(token.isSignedBy(rsa("rsa", RS256))).isTrue();
        assertThat(token.isSignedBy(rsa("rsa", PS256, RS512))).isFalse();
    }

    @Test
    void verifiesTheBytesAsTheyWereReceived() {
        String text = TokenBuilder.signedBy(TestKey.rsa())
                .rawHeader("{ \"alg\" : \"RS256\" , \"x\" : 1.00 }")
                .rawPayload("{ \"iss\" : \"i\" }\n")
                .text();
        assertThat(good(new TokenReader().read(text)).isSignedBy(rsa("rsa", RS256)))
                .isTrue();
    }

    @Test
    void printsNoKey() {
        assertThat(rsa("a", RS256)).hasToString("VerificationKey[id=a, algorithms=[RS256]]");
        assertThat(rsa(null, RS256)).hasToString("VerificationKey[id=none, algorithms=[RS256]]");
        RSAPublicKey key = (RSAPublicKey) TestKey.rsa().publicKey();
        assertThat(rsa("a", RS256).toString()).doesNotContain(key.getModulus().toString());

        byte[] secret = TestKey.hmac(32).secret();
        VerificationKey hmac =
                new VerificationKey(Optional.empty(), Set.of(Algorithm.HS256), new SecretKeySpec(secret, "HMAC"));
        assertThat(hmac).hasToString("VerificationKey[id=none, algorithms=[HS256]]");
    }
}
