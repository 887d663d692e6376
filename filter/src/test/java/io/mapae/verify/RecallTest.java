package io.mapae.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.jws.Header;
import io.mapae.jws.VerificationKey;
import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeySource;
import io.mapae.revocation.Revocation;
import io.mapae.revocation.Revocations;
import io.mapae.testkit.Hostile;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A token that was accepted is known again, and nothing else is. */
class RecallTest {
    private static final String JWKS = TestKey.jwks(Given.KEY);

    private final Given given = new Given();
    private KeySource keys = Given.keys(JWKS, KeyFormat.JWK_SET);
    private Revocations revocations = Revocations.NONE;
    private Instant now = Given.NOW;

    /** Made at first use, after a test has set what differs. */
    private @Nullable TokenVerifier verifier;

    private TokenVerifier verifier() {
        TokenVerifier made = verifier;
        if (made == null) {
            made = new TokenVerifier(
                    List.of(new Issuer(given.policy(), current())),
                    (claims, time) -> revocations.of(claims, time),
                    CacheSize.of(100),
                    () -> now);
            verifier = made;
        }
        return made;
    }

    /** Of the field's, which tests replace. */
    private KeySource current() {
        return new KeySource() {
            @Override
            public List<VerificationKey> candidates(Header header) throws IOException {
                return keys.candidates(header);
            }

            @Override
            public List<VerificationKey> atHand(Header header) {
                return keys.atHand(header);
            }
        };
    }

    /** What is said of a token that was verified first: {@code unknown}, or as {@link Given#outcome} has it. */
    private String recalled(String text) {
        return verifier().recall(text, 0).map(Given::outcome).orElse("unknown");
    }

    private String known(TokenBuilder token) {
        String text = token.text();
        assertThat(Given.outcome(verifier().verify(text))).isEqualTo("accepted");
        return text;
    }

    @Test
    void theSameTokenAgainGivesTheSameVerdict() {
        String text = Given.token().text();
        assertThat(recalled(text)).isEqualTo("unknown");
        Verdict first = verifier().verify(text);
        assertThat(verifier().recall("Bearer " + text, 7)).containsSame(first);
        assertThat(verifier().recall(text, 0)).containsSame(first);
    }

    /** Each character in its turn, also by one that differs in its upper byte alone, and by nothing. */
    @Test
    void noOtherTextIsTakenForIt() {
        String text = known(Given.token());
        for (int i = 0; i < text.length(); i++) {
            String before = text.substring(0, i);
            String after = text.substring(i + 1);
            char c = text.charAt(i);
            for (char other : new char[] {c == 'A' ? 'B' : 'A', '.', (char) (c + 0x80), (char) (c + 0x100), '\uD83D'}) {
                assertThat(other == c ? "unknown" : recalled(before + other + after))
                        .as("%c at %d", other, i)
                        .isEqualTo("unknown");
            }
            assertThat(recalled(before + after)).isEqualTo("unknown");
            assertThat(recalled(before + c + c + after)).isEqualTo("unknown");
        }
        assertThat(recalled(text)).isEqualTo("accepted");
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "a, 0", "a, 1", "'Bearer ', 7", "Bearer, 6", "1234567, 0"})
    void whatIsTooShortForAnyTokenIsUnknown(String text, int from) {
        known(Given.token());
        assertThat(verifier().recall(text, from)).isEmpty();
    }

    @Test
    void whatIsTooLongIsUnknown() {
        String longest = Given.token().text(8192);
        assertThat(Given.outcome(verifier().verify(longest))).isEqualTo("accepted");
        assertThat(recalled(longest)).isEqualTo("accepted");
        assertThat(recalled("A" + longest)).isEqualTo("unknown");
        assertThat(verifier().recall("Bearer " + longest, 7)).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRefusedIsNotKnownAfterwards(Hostile hostile) {
        known(Given.token());
        String text = hostile.token(Given.token(), Given.KEY);
        assertThat(Given.outcome(verifier().verify(text))).isEqualTo(hostile.reason());
        assertThat(recalled(text)).isEqualTo("unknown");
    }

    @Test
    void aForgeryThatEndsLikeAKnownTokenNeitherPassesNorTurnsItOut() {
        String text = known(Given.token());
        int dot = text.lastIndexOf('.');
        String forged = Given.token().subject("mallory").text();
        forged = forged.substring(0, forged.lastIndexOf('.')) + text.substring(dot);
        assertThat(recalled(forged)).isEqualTo("unknown");
        assertThat(Given.outcome(verifier().verify(forged))).isEqualTo("BAD_SIGNATURE");
        assertThat(recalled(forged)).isEqualTo("unknown");
        assertThat(recalled(text)).isEqualTo("accepted");
    }

    /** Of a token that is good from 60 s before until 300 s after, with a clock skew of 30 s. */
    @ParameterizedTest(name = "at {0} s -> {1}")
    @CsvSource({
        "-91, unknown, NOT_YET_VALID",
        "-90, accepted, accepted",
        "-89, accepted, accepted",
        "0, accepted, accepted",
        "329, accepted, accepted",
        "330, unknown, EXPIRED",
        "331, unknown, EXPIRED"
    })
    void itsTimesCountEachTime(long seconds, String again, String verified) {
        String text = known(Given.token()
                .claim("iat", sinceEpoch(-200))
                .claim("nbf", sinceEpoch(-60))
                .expiresIn(300));
        now = Given.NOW.plusSeconds(seconds);
        assertThat(recalled(text)).isEqualTo(again);
        assertThat(Given.outcome(verifier().verify(text))).isEqualTo(verified);
    }

    /** Issued now, for an hour, where ten minutes are allowed. */
    @ParameterizedTest(name = "at {0} s -> {1}")
    @CsvSource({
        "-31, unknown, ISSUED_IN_FUTURE",
        "-30, accepted, accepted",
        "629, accepted, accepted",
        "630, unknown, TOO_OLD",
        "631, unknown, TOO_OLD"
    })
    void itsAgeCountsEachTime(long seconds, String again, String verified) {
        given.maxAge = Duration.ofMinutes(10);
        String text = known(Given.token().claim("iat", sinceEpoch(0)).expiresIn(3600));
        now = Given.NOW.plusSeconds(seconds);
        assertThat(recalled(text)).isEqualTo(again);
        assertThat(Given.outcome(verifier().verify(text))).isEqualTo(verified);
    }

    private static long sinceEpoch(long seconds) {
        return Given.NOW.plusSeconds(seconds).getEpochSecond();
    }

    @Test
    void itIsForgottenOnceItHasExpired() {
        String text = known(Given.token().expiresIn(60));
        now = Given.NOW.plusSeconds(90);
        assertThat(recalled(text)).isEqualTo("unknown");
        assertThat(verifier().known().getTokens()).isZero();
    }

    @Test
    void itIsForgottenWithItsKey() {
        String text = known(Given.token());
        keys = Given.keys(TestKey.jwks(TestKey.otherRsa()), KeyFormat.JWK_SET);
        assertThat(recalled(text)).isEqualTo("unknown");
        assertThat(verifier().known().getTokens()).isZero();
        keys = Given.keys(JWKS, KeyFormat.JWK_SET);
        assertThat(recalled(text)).isEqualTo("unknown");
    }

    @Test
    void itStaysKnownWhileTheSameKeyIsReadAnewOrStandsAmongOthers() {
        String text = known(Given.token());
        for (String jwks : List.of(JWKS, TestKey.jwks(TestKey.otherRsa(), Given.KEY), JWKS)) {
            keys = Given.keys(jwks, KeyFormat.JWK_SET);
            assertThat(recalled(text)).isEqualTo("accepted");
        }
    }

    @Test
    void isNotKnownWhileItsKeysAreOutOfReach() {
        String text = known(Given.token());
        keys = header -> {
            throw new IOException("gone");
        };
        assertThat(recalled(text)).isEqualTo("unknown");
        assertThat(Given.outcome(verifier().verify(text))).isEqualTo("undecided");
    }

    /** Who waits for keys does so once a request. */
    @Test
    void onlyAsksForKeysThatAreAtHand() {
        String text = known(Given.token());
        KeySource before = keys;
        keys = new KeySource() {
            @Override
            public List<VerificationKey> candidates(Header header) {
                throw new AssertionError("may be waited for");
            }

            @Override
            public List<VerificationKey> atHand(Header header) {
                return before.atHand(header);
            }
        };
        assertThat(recalled(text)).isEqualTo("accepted");
    }

    @Test
    void revocationsCountEachTime() {
        String text = known(Given.token());
        revocations = (claims, time) -> Optional.of(Revocation.Kind.JTI);
        assertThat(recalled(text)).isEqualTo("REVOKED");
        revocations = (claims, time) -> {
            throw new IOException("gone");
        };
        assertThat(recalled(text)).isEqualTo("undecided");
        revocations = Revocations.NONE;
        assertThat(recalled(text)).isEqualTo("accepted");
    }

    @Test
    void nothingIsKnownWithoutRoom() {
        given.cache = CacheSize.NONE;
        TokenVerifier forgetful = given.verifier();
        String text = Given.token().text();
        assertThat(Given.outcome(forgetful.verify(text))).isEqualTo("accepted");
        assertThat(forgetful.recall(text, 0)).isEmpty();
    }

    @Test
    void allAreForgottenOnDemandAndCounted() {
        List<String> texts = IntStream.range(0, 5)
                .mapToObj(i -> known(Given.token().subject("user-" + i)))
                .toList();
        texts.forEach(text -> assertThat(recalled(text)).isEqualTo("accepted"));
        assertThat(recalled("unknown")).isEqualTo("unknown");
        String over = known(Given.token().expiresIn(-20)); // within the clock skew
        now = Given.NOW.plusSeconds(10);
        assertThat(recalled(over)).isEqualTo("unknown");
        VerifiedTokensMXBean known = verifier().known();
        assertThat(List.of(known.getTokens(), known.getMaxTokens(), (int) known.getHits(), (int) known.getMisses()))
                .containsExactly(5, 100, 5, 2);
        assertThat(known.getBytes()).isBetween(1L, known.getMaxBytes());
        known.forgetAll();
        assertThat(known.getTokens()).isZero();
        assertThat(known.getBytes()).isZero();
        texts.forEach(text -> assertThat(recalled(text)).isEqualTo("unknown"));
    }
}
