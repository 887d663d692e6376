package io.mapae.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    @Test
    void untoldItIsAllInOnePlace() {
        assertThat(Options.of(new Properties())).isEqualTo(Options.defaults().port(8080));
    }

    @Test
    void whatIsToldCounts() {
        assertThat(Options.of(properties(Map.of("port", "65532", "services", "split"))))
                .isEqualTo(Options.defaults().port(65532).splitServices());
        assertThat(Options.of(properties(Map.of("port", "0", "issuer", "https://issuer.example"))))
                .isEqualTo(Options.defaults().issuer("https://issuer.example"));
        assertThat(Options.of(properties(Map.of("issuer", "https://issuer.example", "audience", "app")))
                        .audience())
                .hasValue("app");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "port=65536                | -Dport=65536 is no port: a number up to 65535 is",
                "port=-1                   | -Dport=-1 is no port: a number up to 65535 is",
                "port=http                 | -Dport=http is no port: a number up to 65535 is",
                "port=65533,services=split | -Dport=65533 leaves no ports for the other services",
                "services=many             | -Dservices=many is neither one nor split",
                "services=split,issuer=x   | -Dservices=split and -Dissuer=… do not go together",
                "audience=x                | -Daudience=… is of use with -Dissuer=… only",
            })
    void whatMakesNoSenseIsSaid(String told, String message) {
        Properties properties = new Properties();
        for (String each : told.split(",", -1)) {
            properties.setProperty(each.split("=", -1)[0], each.split("=", -1)[1]);
        }
        assertThatThrownBy(() -> Options.of(properties))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Properties properties(Map<String, String> all) {
        Properties properties = new Properties();
        properties.putAll(all);
        return properties;
    }
}
