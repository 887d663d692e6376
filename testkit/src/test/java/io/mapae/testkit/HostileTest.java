package io.mapae.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TestKey KEY = TestKey.rsa();
    private static final TokenBuilder VALID = TokenBuilder.signedBy(KEY).at(NOW);

    @ParameterizedTest
    @EnumSource(Hostile.class)
    void isRefusedForItsReason(Hostile hostile) {
        assertThat(verdict(hostile.token(VALID, KEY), KEY)).isEqualTo(hostile.reason());
    }

    @ParameterizedTest
    @EnumSource(Hostile.class)
    void isRefusedForTheSameReasonByAKeyNotBoundToItsAlgorithm(Hostile hostile) {
        assertThat(new StrictVerifier(KEY, false, NOW).verdict(hostile.token(VALID, KEY)))
                .isEqualTo(hostile.reason());
    }

    @ParameterizedTest
    @EnumSource(Hostile.class)
    void isRefusedForTheSameReasonUnderAnotherKeyAndOtherClaims(Hostile hostile) {
        TestKey key = TestKey.otherRsa().withAlgorithm("PS256");
        TokenBuilder base = TokenBuilder.signedBy(key)
                .at(NOW)
                .type("JWT")
                .subject("bob")
                .claim("scope", "read")
                .claim("jti", "1")
                .claim("name", "Zoë");
        assertThat(verdict(base.text(), key)).isEqualTo("ACCEPTED");
        assertThat(verdict(hostile.token(base, key), key)).isEqualTo(hostile.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "JWT", "jwt"})
    void theBaseIsAccepted(String type) {
        assertThat(verdict(VALID.type(type).text(), KEY)).isEqualTo("ACCEPTED");
        assertThat(verdict(VALID.withoutHeader("typ").text(8192), KEY)).isEqualTo("ACCEPTED");
    }

    /** One step back from the limit, the same trick is no fault. */
    @Test
    void theLimitsThemselvesAreAccepted() {
        String levels = "[".repeat(15) + "]".repeat(15);
        String members = Forgery.manyMembers(VALID.claimCount()).replace(",\"m256\":0", "");
        assertThat(verdict(VALID.claimJson("x", levels).text(), KEY)).isEqualTo("ACCEPTED");
        assertThat(verdict(VALID.claimJson("x", "1".repeat(32)).text(), KEY)).isEqualTo("ACCEPTED");
        assertThat(verdict(VALID.claimJson("x", members).text(), KEY)).isEqualTo("ACCEPTED");
    }

    @ParameterizedTest
    @EnumSource(Hostile.class)
    void onlyOneIsTooLong(Hostile hostile) {
        int length = hostile.token(VALID, KEY).length();
        if (hostile == Hostile.TOO_LONG) {
            assertThat(length).isEqualTo(8193);
        } else {
            assertThat(length).isLessThanOrEqualTo(8192);
        }
    }

    @Test
    void everyReasonIsThere() {
        assertThat(Arrays.stream(Hostile.values()).map(Hostile::reason).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "NOT_COMPACT",
                        "TOKEN_TOO_LONG",
                        "NOT_BASE64URL",
                        "NOT_JSON",
                        "BAD_HEADER",
                        "UNSUPPORTED_HEADER",
                        "ALGORITHM_NOT_ALLOWED",
                        "TYPE_NOT_ALLOWED",
                        "NO_MATCHING_KEY",
                        "BAD_SIGNATURE",
                        "CLAIM_ILL_TYPED",
                        "CLAIM_MISSING",
                        "WRONG_ISSUER",
                        "WRONG_AUDIENCE",
                        "EXPIRED",
                        "NOT_YET_VALID",
                        "ISSUED_IN_FUTURE",
                        "NOT_AN_ACCESS_TOKEN",
                        "PROOF_REQUIRED",
                        "BAD_NAME");
    }

    @Test
    void whatDoesNotFitAHeader() {
        assertThat(Hostile.values())
                .filteredOn(hostile -> !hostile.fitsHeader())
                .containsExactlyInAnyOrder(
                        Hostile.EMPTY_TEXT,
                        Hostile.JSON_FLATTENED,
                        Hostile.JSON_GENERAL,
                        Hostile.HEADER_PADDED,
                        Hostile.PAYLOAD_PADDED,
                        Hostile.NEWLINE_INSIDE,
                        Hostile.MIME_LINES,
                        Hostile.SPACE_INSIDE,
                        Hostile.TAB_INSIDE,
                        Hostile.NUL_INSIDE,
                        Hostile.SPACE_BEFORE,
                        Hostile.NEWLINE_AFTER,
                        Hostile.NUL_AFTER,
                        Hostile.JUNK_INSIDE,
                        Hostile.PERCENT_INSIDE,
                        Hostile.WIDE_LETTER_INSIDE,
                        Hostile.FULLWIDTH_DIGIT_INSIDE);
    }

    /** These hide their fault from a lenient decoder: once decoded, nothing but the rule stands against them. */
    @ParameterizedTest
    @CsvSource({"HEADER_PADDED, =", "PAYLOAD_PADDED, =", "SIGNATURE_PADDED, =", "STANDARD_ALPHABET, +"})
    void holdsTheForeignCharacter(Hostile hostile, String character) {
        assertThat(hostile.token(VALID, KEY)).contains(character);
    }

    private static String verdict(String token, TestKey key) {
        return new StrictVerifier(key, true, NOW).verdict(token);
    }
}
