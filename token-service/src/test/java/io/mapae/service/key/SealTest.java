package io.mapae.service.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
    private static final byte[] SECRET =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    /** openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:(SECRET) -kdfopt "info:mapae signing keys 1" HKDF */
    private static final String DERIVED = "ea1525806ababe0e1b7b3436e23d6084afb02421b1d2e28d5e6aef8de2d24030";

    private static final byte[] CONTENT = "private".getBytes(StandardCharsets.US_ASCII);

    private final Seal seal;

    SealTest() throws InvalidKeyException {
        seal = new Seal(SECRET);
    }

    @Test
    void opensWhatItClosed() throws GeneralSecurityException {
        assertThat(seal.open(seal.close(CONTENT, "bound"), "bound")).isEqualTo(CONTENT);
    }

    /** What is stored today must open tomorrow. */
    @Test
    void isAesGcmUnderTheKeyThatHkdfDerives() throws GeneralSecurityException {
        byte[] sealed = Base64.getUrlDecoder().decode(seal.close(CONTENT, "bound"));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(HexFormat.of().parseHex(DERIVED), "AES"),
                new GCMParameterSpec(128, sealed, 0, 12));
        cipher.updateAAD("bound".getBytes(StandardCharsets.US_ASCII));
        assertThat(cipher.doFinal(sealed, 12, sealed.length - 12)).isEqualTo(CONTENT);
    }

    @Test
    void neverClosesTheSameWayTwice() throws GeneralSecurityException {
        assertThat(seal.close(CONTENT, "bound")).isNotEqualTo(seal.close(CONTENT, "bound"));
    }

    @Test
    void opensWithTheSameSecretAlone() throws GeneralSecurityException {
        byte[] other = SECRET.clone();
        other[31] ^= 1;
        Seal another = new Seal(other);
        String sealed = seal.close(CONTENT, "bound");
        assertThatThrownBy(() -> another.open(sealed, "bound")).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void opensTogetherWithWhatItIsBoundToAlone() throws GeneralSecurityException {
        String sealed = seal.close(CONTENT, "bound");
        assertThatThrownBy(() -> seal.open(sealed, "bounD")).isInstanceOf(GeneralSecurityException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "AAAA", "AAAAAAAAAAAAAAAA", "no base64", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void opensNothingElse(String sealed) {
        assertThatThrownBy(() -> seal.open(sealed, "bound")).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void wantsASecretOf32Bytes() {
        assertThatThrownBy(() -> new Seal(Arrays.copyOf(SECRET, 31)))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessage("expected at least 32 random bytes, found 31");
    }
}
