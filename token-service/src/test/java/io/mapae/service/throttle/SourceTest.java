package io.mapae.service.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:201, 192.0.2.1",
        "2001:db8:1:2:3:4:5:6, 20010db800010002/64",
        "2001:db8:1:2::, 20010db800010002/64",
        "2001:0DB8:0001:0002:ffff:ffff:ffff:ffff, 20010db800010002/64",
        "2001:db8:1:3::, 20010db800010003/64",
        "[2001:db8:1:2::9], 20010db800010002/64",
        "::1, 0000000000000000/64",
        "fe80::1%eth0, fe80000000000000/64",
        "fe80::1%1, fe80000000000000/64",
        "'', ''",
        "unknown, unknown",
        "example.com, example.com",
        "dead.beef, dead.beef",
        "beef, beef",
        "1:2, 1:2",
        ":::, :::",
        "1:2:3:4:5:6:7:8:9, 1:2:3:4:5:6:7:8:9",
        "192.0.2.1:80, 192.0.2.1:80",
    })
    void of(String address, String source) {
        assertThat(Source.of(address)).isEqualTo(source);
    }

    @Test
    void takesAnythingAsItStands() {
        String endless = "a:".repeat(1 << 20);
        assertThat(Source.of(endless)).isEqualTo(endless);
        assertThat(Source.of("a\0:b")).isEqualTo("a\0:b");
    }
}
