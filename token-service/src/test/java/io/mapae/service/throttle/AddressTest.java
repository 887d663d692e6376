package io.mapae.service.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1:80, 192.0.2.1",
        "255.255.255.255:65535, 255.255.255.255",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:201, 192.0.2.1",
        "[::ffff:192.0.2.1]:443, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
        "2001:db8:1:2::, 20010db800010002/64",
        "2001:0DB8:0001:0002:ffff:ffff:ffff:ffff, 20010db800010002/64",
        "2001:db8:1:3::, 20010db800010003/64",
        "[2001:db8:1:2::9], 20010db800010002/64",
        "[2001:db8:1:2::9]:8080, 20010db800010002/64",
        "::1, 0000000000000000/64",
        "fe80::1%eth0, fe80000000000000/64",
        "[fe80::1%1], fe80000000000000/64"
    })
    void ofANetwork(String text, String network) {
        assertThat(Address.of(text)).map(Address::network).contains(network);
    }

    @ParameterizedTest
    @CsvSource({"::1, 0:0:0:0:0:0:0:1", "[::1]:80, 0:0:0:0:0:0:0:1", "192.0.2.1:1, 192.0.2.1"})
    void isTheSameHoweverItIsWritten(String one, String other) {
        assertThat(Address.of(one)).isPresent().isEqualTo(Address.of(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "example.com",
                "dead.beef",
                "beef",
                "1:2",
                ":::",
                "1:2:3:4:5:6:7:8:9",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.01",
                "192.0.2.1:",
                "192.0.2.1:123456",
                "192.0.2.1, 192.0.2.2",
                "[192.0.2.1]",
                "[::1",
                "::1]",
                "a\0:b"
            })
    void isNone(String text) {
        assertThat(Address.of(text)).isEmpty();
    }

    @Test
    void isNoneHoweverLong() {
        assertThat(Address.of("a:".repeat(1 << 20))).isEmpty();
    }
}
