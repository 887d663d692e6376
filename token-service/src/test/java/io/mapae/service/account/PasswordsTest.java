package io.mapae.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.account.Argon2Password.Cost;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    /** From the documentation of argon2-cffi; the others by Python's crypt and hashlib. */
    private static final String ARGON2_ELSEWHERE =
            "$argon2id$v=19$m=65536,t=3,p=4$MIIRqgvgQbgj220jfp0MPA$YfwJSVjtjSU0zzV/P3S9nnQ/USre2wvJMjfCIjrTQbg";

    private static final String BCRYPT = "$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2";
    private static final String BCRYPT_OF_72 = "$2b$05$abcdefghijklmnopqrstuujf8SX2ahXLwp9w/B.Y5XdysS6yR576q";

    private final Passwords passwords = new Passwords();

    @Test
    void storesArgon2idWithAnotherSaltEachTime() {
        String stored = passwords.hash("correct horse");
        assertThat(stored).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(passwords.hash("correct horse")).isNotEqualTo(stored);
        assertThat(passwords.matches("correct horse", stored)).isTrue();
        assertThat(passwords.matches("correct horsE", stored)).isFalse();
        assertThat(passwords.matches("correct horse ", stored)).isFalse();
        assertThat(passwords.needsUpgrade("correct horse", stored)).isFalse();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "correct horse battery staple | " + ARGON2_ELSEWHERE,
                "correct horse | " + BCRYPT,
                "correct horse | $2a$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "correct horse | $2y$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "correct horse | {bcrypt}$2a$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "pässwörd€ | $2a$05$abcdefghijklmnopqrstuufb0xBZesbzLgkcQv6N0hvKkXeOJ1uSy",
                "pässwörd€ | $2b$05$abcdefghijklmnopqrstuufb0xBZesbzLgkcQv6N0hvKkXeOJ1uSy",
                "pässwörd€ | $2y$05$abcdefghijklmnopqrstuufb0xBZesbzLgkcQv6N0hvKkXeOJ1uSy",
                "correct horse | pbkdf2_sha256$1000$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
                "pässwörd€ | pbkdf2_sha256$1000$seasalt$mkfWEQonRzhYOwg41qIG7+Ab/TiZG8ASqLX0YCjBDiU=",
                "correct horse | $pbkdf2-sha256$1000$8PHy8/T19vf4.fr7/P3./w$JwgcbJZlHBoE0uPBMy9SZsCsIJXsYLx/8XwH97PVwMU",
            })
    void matchesWhatOthersStored(String password, String stored) {
        assertThat(Passwords.isKnown(stored)).isTrue();
        assertThat(passwords.matches(password, stored)).isTrue();
        assertThat(passwords.matches(password + "x", stored)).isFalse();
        assertThat(passwords.matches(password.toUpperCase(Locale.ROOT), stored)).isFalse();
    }

    @ParameterizedTest(name = "m={0}, t={1}: {2}")
    @CsvSource({
        "19456, 2, false",
        "19455, 2, true",
        "19456, 1, true",
        "19457, 3, false",
        "65536, 1, true",
        "7168, 5, true",
    })
    void upgradesWhatIsWeaker(int memory, int passes, boolean upgraded) {
        String stored = "$argon2id$v=19$m=" + memory + ",t=" + passes + ",p=1$AAAAAAAAAAAAAAAAAAAAAA$" + "A".repeat(43);
        assertThat(passwords.needsUpgrade("correct horse", stored)).isEqualTo(upgraded);
    }

    @Test
    void upgradesAShorterTagAndEveryOtherFunction() {
        assertThat(passwords.needsUpgrade(
                        "x", "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$" + "A".repeat(22)))
                .isTrue();
        assertThat(passwords.needsUpgrade("x", BCRYPT)).isTrue();
        assertThat(passwords.needsUpgrade("x", "pbkdf2_sha256$10000000$s$" + "A".repeat(43) + "="))
                .isTrue();
        assertThat(passwords.needsUpgrade("x", ARGON2_ELSEWHERE)).isFalse();
        assertThat(passwords.needsUpgrade("x", "plain text")).isFalse();
    }

    /** bcrypt looks at 72 bytes: what comes after may be anything, so it must not be stored as the password. */
    @Test
    void leavesBcryptOfLongPasswordsAlone() {
        String real = "x".repeat(72) + "tail";
        assertThat(passwords.matches(real, BCRYPT_OF_72)).isTrue();
        assertThat(passwords.matches("x".repeat(72) + "mistyped", BCRYPT_OF_72)).isTrue();
        assertThat(passwords.needsUpgrade(real, BCRYPT_OF_72)).isFalse();
        assertThat(passwords.needsUpgrade("x".repeat(72), BCRYPT_OF_72)).isTrue();
        assertThat(passwords.matches("x".repeat(71), BCRYPT_OF_72)).isFalse();
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=4194304,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=131073,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=99999999999,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=-1,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=0,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=7,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456,t=17,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456,t=2147483647,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456,t=2,p=0$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456,t=2,p=17$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$",
                "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
                "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=16$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n",
                "$2b$17$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "$2b$31$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "$2b$03$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "$2x$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy",
                "{noop}correct horse",
                "pbkdf2_sha256$10000001$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
                "pbkdf2_sha256$99999999999999$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
                "pbkdf2_sha256$0$seasalt$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
                "pbkdf2_sha256$1000$$mQnueSakb748zqBAC1tmWVZsZbi2zPGZarEzTGdfmso=",
                "pbkdf2_sha256$1000$seasalt$",
                "pbkdf2_sha256$1000$seasalt$AAAA",
                "$pbkdf2-sha256$10000001$8PHy8/T19vf4.fr7/P3./w$JwgcbJZlHBoE0uPBMy9SZsCsIJXsYLx/8XwH97PVwMU",
                "$pbkdf2-sha256$1000$A$JwgcbJZlHBoE0uPBMy9SZsCsIJXsYLx/8XwH97PVwMU",
                "correct horse",
                "",
                "!",
            })
    void neverMatchesWhatIsUnknownOrBeyondAllBounds(String stored) {
        assertThat(Passwords.isKnown(stored)).isFalse();
        assertThat(passwords.matches("correct horse", stored)).isFalse();
        assertThat(passwords.needsUpgrade("correct horse", stored)).isFalse();
    }

    @Test
    void doesNotReadMoreThanAColumnHolds() {
        assertThat(passwords.matches("correct horse", BCRYPT + "x".repeat(10_000_000)))
                .isFalse();
    }

    /** The library keeps the memory of every cost it meets, for good. */
    @Test
    void refusesMoreCostsThanMemoryAllows() {
        Argon2Password.Met met = new Argon2Password.Met();
        assertThat(met.admits(new Cost(131_072, 1, 1, 32))).isTrue();
        assertThat(met.admits(new Cost(131_072, 2, 1, 32))).isFalse();
        assertThat(met.admits(new Cost(111_616, 2, 1, 32))).isTrue();
        assertThat(met.admits(new Cost(1, 2, 1, 32))).isFalse();
        assertThat(met.admits(new Cost(131_072, 1, 1, 32))).isTrue();
        assertThat(met.admits(Cost.CURRENT)).isTrue();
    }

    @Test
    void warnsOnceAndWithoutTheValue() {
        try (CapturedLog log = new CapturedLog("io.mapae.service.account")) {
            assertThat(passwords.matches("correct horse", "!")).isFalse();
            assertThat(log.messages()).isEmpty();
            assertThat(passwords.matches("correct horse", "hunter2")).isFalse();
            assertThat(passwords.matches("correct horse", "hunter3")).isFalse();
            assertThat(log.messages()).singleElement().asString().doesNotContain("hunter", "horse");
        }
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"\0", "a\0b", "", "LONG", "LONG IN UTF-8", "HALF A PAIR", "MEGABYTES"})
    void takesNoImpossiblePassword(String kind) {
        String password = Map.of(
                        "LONG", "x".repeat(1025),
                        "LONG IN UTF-8", "ä".repeat(513),
                        "HALF A PAIR", "x\uD83D",
                        "MEGABYTES", "x".repeat(1 << 20))
                .getOrDefault(kind, kind);
        assertThat(Passwords.isAllowed(password)).isFalse();
        assertThat(passwords.matches(password, BCRYPT)).isFalse();
        assertThat(passwords.matches(password, "x")).isFalse();
        assertThat(passwords.matchesNothing(password)).isFalse();
        assertThatThrownBy(() -> passwords.hash(password))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a password has 1 to 1024 bytes in UTF-8, and none of them is 0");
    }

    @ParameterizedTest(name = "{1} times {0}")
    @CsvSource({"x, 1024", "ä, 512", "😀, 256", "' ', 1"})
    void takesAllOtherPasswords(String unit, int times) {
        String password = unit.repeat(times);
        assertThat(Passwords.isAllowed(password)).isTrue();
        String stored = passwords.hash(password);
        assertThat(passwords.matches(password, stored)).isTrue();
        assertThat(passwords.matches(unit.repeat(times - 1), stored)).isFalse();
    }

    @ParameterizedTest(name = "{1} times {0} -> {2}")
    @CsvSource({"x, 7, false", "x, 8, true", "😀, 7, false", "😀, 8, true", "' ', 8, true"})
    void countsCharactersOfNewOnes(String unit, int times, boolean isLongEnough) {
        assertThat(Passwords.isLongEnough(unit.repeat(times))).isEqualTo(isLongEnough);
    }

    /** A byte for "cannot be encoded" would make one password of many. */
    @Test
    void tellsHalvesOfPairsFromQuestionMarks() {
        assertThat(passwords.matches("\uD83D", passwords.hash("?"))).isFalse();
        assertThat(passwords.matches("e\u0301", passwords.hash("\u00E9"))).isFalse();
    }

    @Test
    void matchesNothingForThoseWhoAreNotThere() {
        assertThat(passwords.matchesNothing("correct horse")).isFalse();
        assertThat(Passwords.isKnown(Passwords.none())).isFalse();
    }
}
