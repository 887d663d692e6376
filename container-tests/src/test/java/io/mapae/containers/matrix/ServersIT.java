package io.mapae.containers.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mapae.containers.ServerProcess;
import io.mapae.containers.matrix.Product.Trait;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One server after the other, and what each of its APIs sees. */
@ParameterizedClass(name = "{0}")
@MethodSource("chosen")
@Timeout(300)
class ServersIT {
    private static final Path FILE = Path.of(System.getProperty("containers.md"));
    private static final boolean WRITE = System.getProperty("mapae.write") != null;
    private static final Path TARGET = Path.of(System.getProperty("logs"));
    private static final Table EXPECTED = read();
    private static final Table MEASURED = new Table();

    private static Optional<Trial> trial = Optional.empty();

    @Parameter
    Product product;

    static List<Product> chosen() {
        return Product.chosen(Trait.SUBSET);
    }

    private static Table read() {
        try {
            return Table.read(FILE);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @BeforeParameterizedClassInvocation
    static void start(Product product) throws IOException {
        Optional<Path> java = JavaHomes.of(product.release());
        assumeTrue(java.isPresent(), () -> "no JDK " + product.release());
        Path directory = TARGET.resolve("instances").resolve(product.id());
        Distribution distribution = Distribution.of(product);
        Instance instance = new Instance(
                        product.id(), distribution.home(), directory, java.get(), ServerProcess.freePort(), Map.of())
                .fresh();
        Applications applications = new Applications(product, instance.dir("applications"));
        Map<String, Path> all = applications.all();
        Server server = product.launcher().launch(instance, all);
        trial = Optional.of(new Trial(product, server, applications));
        server.process()
                .await(() -> all.keySet().stream().allMatch(name -> server.answers("/" + name + "/" + name + ".txt")));
        MEASURED.put(product.title(), Table.VERSION, distribution.version());
        MEASURED.put(product.title(), Table.JAVA, JavaHomes.version(java.get()));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        trial.ifPresent(ended -> ended.server().close());
        trial = Optional.empty();
    }

    @AfterAll
    static void write() throws IOException {
        Table all = read();
        all.replace(MEASURED);
        all.write(WRITE ? FILE : TARGET.resolve("containers.md"));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void api(Api api) {
        assumeTrue(api.isOf(product));
        String text = api.ask(trial.orElseThrow());
        MEASURED.put(product.title(), api.title(), text);
        if (!WRITE) {
            compare(api, text);
        }
    }

    /** What is not {@code ok} may change, or become it: that is worth a line, and no failure; what is new is to be recorded. */
    private void compare(Api api, String text) {
        Optional<String> recorded = EXPECTED.get(product.title(), api.title());
        assertThat(recorded)
                .as("%s, %s: run with -Dmapae.write to record %s", product.title(), api.title(), text)
                .isPresent();
        String was = recorded.get();
        if (was.equals(Findings.OK)) {
            assertThat(text).as("%s, %s", product.title(), api.title()).isEqualTo(Findings.OK);
        } else if (!text.equals(was)) {
            System.out.printf(
                    "%s, %s: %s, was: %s; run with -Dmapae.write to record it%n",
                    product.title(), api.title(), text, was);
        }
    }
}
