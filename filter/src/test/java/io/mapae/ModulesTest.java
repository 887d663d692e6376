package io.mapae;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** What of the JDK the filter needs: a slim runtime must be able to tell. */
class ModulesTest {
    @Test
    void needsFewModulesOfTheJdk() {
        StringWriter out = new StringWriter();
        ToolProvider jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        int status = jdeps.run(
                new PrintWriter(out),
                new PrintWriter(out),
                "--multi-release",
                "17",
                "--print-module-deps",
                "--ignore-missing-deps",
                "target/classes");
        assertThat(status).as(out.toString()).isZero();
        assertThat(List.of(out.toString().strip().split(",")))
                .containsExactly("java.base", "java.management", "java.naming", "java.net.http", "java.sql");
    }
}
