package io.mapae.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.identity.Caller;
import io.mapae.identity.CurrentCaller;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a token goes along. */
class BearerRelayTest {
    @ParameterizedTest
    @CsvSource({
        "https://a.example,        https://a.example:443",
        "https://a.example:443,    https://a.example:443",
        "https://a.example:,       https://a.example:443",
        "https://A.Example,        https://a.example:443",
        "https://a.example:8443,   https://a.example:8443",
        "https://a.example:80,     https://a.example:80",
        "http://a.example,         http://a.example:80",
        "http://a.example:443,     http://a.example:443",
        "http://localhost:8081,    http://localhost:8081",
        "http://127.0.0.1,         http://127.0.0.1:80",
        "http://[::1],             http://[::1]:80",
        "http://[::1]:8081,        http://[::1]:8081",
        "https://xn--kln-sna.example, https://xn--kln-sna.example:443"
    })
    void takesOrigins(String origin, String canonical) {
        assertThat(BearerRelay.to(origin)).hasToString("BearerRelay[" + canonical + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "*",
                "/",
                "a.example",
                "a.example:443",
                "//a.example",
                "//a.example:443",
                "https:",
                "https:a.example",
                "https:/a.example",
                "https://",
                "https:///",
                "https://:443",
                "https://a.example/",
                "https://a.example/x",
                "https://a.example?",
                "https://a.example?x=y",
                "https://a.example#",
                "https://a.example#x",
                "https://@a.example",
                "https://u@a.example",
                "https://u:p@a.example",
                "https://a.example:443:443",
                "https://a.example:-1",
                "https://a.example:https",
                "https://*.example",
                "https://*",
                "https://a_b.example",
                "https://köln.example",
                "https://a.example,https://b.example",
                "https://a.example https://b.example",
                " https://a.example",
                "https://a.example\n",
                "https://a.example\\",
                "https://[::1",
                "https://[a.example]",
                "https://::1",
                "HTTPS://a.example",
                "ftp://a.example",
                "ws://a.example",
                "wss://a.example",
                "file:///a",
                "jar:https://a.example",
                "javascript:alert(1)"
            })
    void refusesWhatIsNoOrigin(String text) {
        assertThatThrownBy(() -> BearerRelay.to(text)).isExactlyInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BearerRelay.to("https://b.example", text))
                .isExactlyInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhatItMissed() {
        assertThatThrownBy(() -> BearerRelay.to("https://a.example/"))
                .hasMessage("no origin, such as https://profile.example: https://a.example/");
        assertThatThrownBy(BearerRelay::to)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("no origin to relay to");
        assertThatThrownBy(() -> BearerRelay.to(List.of()))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("no origin to relay to");
    }

    @Test
    void theSameOriginTwiceIsOne() {
        assertThat(BearerRelay.to(List.of("https://a.example", "https://A.example:443", "https://a.example")))
                .hasToString("BearerRelay[https://a.example:443]");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "https://a.example,                           true",
        "https://a.example/,                          true",
        "https://a.example/x/y?z=https://b.example#f, true",
        "https://a.example?x,                         true",
        "https://a.example:443/x,                     true",
        "https://a.example:/x,                        true",
        "HTTPS://A.EXAMPLE/x,                         true",
        "https://u:p@a.example/x,                     true",
        "http://localhost:8081/x,                     true",
        "http://[::1]:8081/x,                         true",
        "https://a.example@evil.example/,             false",
        "https://a.example:443@evil.example/,         false",
        "https://a.example%40evil.example/,           false",
        "https://a.example.evil.example/,             false",
        "https://evil.example/https://a.example,      false",
        "https://evil.example?https://a.example/,     false",
        "https://evil.example#https://a.example/,     false",
        "https://evila.example/,                      false",
        "https://b.a.example/,                        false",
        "https://a.example./,                         false",
        "https://example/,                            false",
        "https://a.example:8443/,                     false",
        "https://a.example:80/,                       false",
        "https://a.example:0/,                        false",
        "https://a.example:4430/,                     false",
        "http://a.example/,                           false",
        "http://a.example:443/,                       false",
        "wss://a.example/,                            false",
        "ftp://a.example:443/,                        false",
        "https2://a.example/,                         false",
        "//a.example/,                                false",
        "/x,                                          false",
        "'',                                          false",
        "https:a.example,                             false",
        "https:/a.example,                            false",
        "https:///a.example,                          false",
        "https://a_example/,                          false",
        "mailto:a@a.example,                          false",
        "https://localhost:8081/,                     false",
        "http://localhost/,                           false",
        "http://localhost:80812/,                     false",
        "http://localhost.:8081/,                     false",
        "http://127.0.0.1:8081/,                      false",
        "http://[::1]/,                               false",
        "http://[::2]:8081/,                          false",
        "http://[0:0:0:0:0:0:0:1]:8081/,              false",
        "http://[::ffff:127.0.0.1]:8081/,             false"
    })
    void coversItsOriginsOnly(String target, boolean covered) {
        BearerRelay relay = BearerRelay.to("https://a.example", "http://localhost:8081", "http://[::1]:8081");
        assertThat(relay.covers(URI.create(target))).isEqualTo(covered);
        assertThat(relay.authorization(URI.create(target), Optional.of(Known.ALICE)))
                .isEqualTo(covered ? Optional.of("Bearer token.of.alice") : Optional.empty());
    }

    /** Java's URI knows no host in {@code http://a_b.example}; that must not be the host of this name. */
    @Test
    void noHostIsNoHostNamedNull() {
        BearerRelay relay = BearerRelay.to("http://null");
        assertThat(relay.covers(URI.create("http://null/x"))).isTrue();
        assertThat(relay.covers(URI.create("http://a_b.evil.example/x"))).isFalse();
        assertThat(relay.covers(URI.create("http:///x"))).isFalse();
    }

    @Test
    void withoutCallerOrTokenThereIsNothingToSend() {
        BearerRelay relay = BearerRelay.to("https://a.example");
        URI target = URI.create("https://a.example/x");
        assertThat(relay.authorization(target, Optional.empty())).isEmpty();
        assertThat(relay.authorization(target, Optional.of(Known.FROM_A_SESSION)))
                .isEmpty();
        assertThat(relay.authorization(target, Optional.of(Known.ALICE))).hasValue("Bearer token.of.alice");
    }

    @Test
    void speaksForWhoCallsOnThisThread() {
        BearerRelay relay = BearerRelay.to("https://a.example");
        URI target = URI.create("https://a.example/x");
        assertThat(relay.authorization(target)).isEmpty();
        Caller caller = Known.ALICE;
        Runnable leave = CurrentCaller.enter(() -> Optional.of(caller));
        assertThat(relay.authorization(target)).hasValue("Bearer token.of.alice");
        assertThat(relay.authorization(URI.create("https://b.example/x"))).isEmpty();
        assertThat(relay.authorization(target, Optional.empty())).isEmpty();
        leave.run();
        assertThat(relay.authorization(target)).isEmpty();
    }
}
