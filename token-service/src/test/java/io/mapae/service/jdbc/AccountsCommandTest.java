package io.mapae.service.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.service.account.Account;
import io.mapae.service.account.Bulkhead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsCommandTest {
    private final MemoryDatabase memory;
    private final JdbcAccounts accounts;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    AccountsCommandTest() throws Exception {
        memory = new MemoryDatabase();
        accounts = new JdbcAccounts(memory.database, new Bulkhead(1), InstantSource.system());
    }

    @AfterEach
    void close() throws Exception {
        memory.close();
    }

    private int run(String input, String... arguments) {
        return run(input.getBytes(UTF_8), arguments);
    }

    private int run(byte[] input, String... arguments) {
        return runAt(memory.url, input, arguments);
    }

    private int runAt(String url, byte[] input, String... command) {
        List<String> all = new ArrayList<>(List.of(url));
        all.addAll(Arrays.asList(command));
        said.reset();
        out.reset();
        return AccountsCommand.run(
                all,
                Map.of(),
                new ByteArrayInputStream(input),
                new PrintStream(out, true, UTF_8),
                new PrintStream(said, true, UTF_8));
    }

    private String said() {
        return text(said);
    }

    private String out() {
        return text(out);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void addsAndChanges() throws Exception {
        assertThat(run("correct horse\n", "add", "anna", "user", "clerk")).isZero();
        Account anna = new Account("anna", Set.of("user", "clerk"), Set.of(), false, false);
        assertThat(accounts.authenticate("anna", "correct horse")).contains(anna);

        assertThat(run("", "disable", "anna")).isZero();
        assertThat(run("", "roles", "anna", "admin")).isZero();
        assertThat(run("", "scopes", "anna", "read")).isZero();
        assertThat(run("other one\n", "temporary", "anna")).isZero();
        assertThat(accounts.authenticate("anna", "other one"))
                .contains(new Account("anna", Set.of("admin"), Set.of("read"), true, true, 2));

        assertThat(run("", "enable", "anna")).isZero();
        assertThat(run("", "roles", "anna")).isZero();
        assertThat(run("", "scopes", "anna")).isZero();
        assertThat(run("third one", "password", "anna")).isZero();
        assertThat(accounts.authenticate("anna", "third one"))
                .contains(new Account("anna", Set.of(), Set.of(), false, false, 3));
    }

    @Test
    void addsAHashedPassword() throws Exception {
        assertThat(run("$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2\n", "add-hashed", "anna"))
                .isZero();
        assertThat(accounts.authenticate("anna", "correct horse")).isPresent();
        assertThat(run("plain\n", "add-hashed", "bob")).isEqualTo(1);
        assertThat(said()).isEqualTo("the password is in no form that is known here\n");
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"correct horse", "correct horse\n", "correct horse\r\n"})
    void takesAllButOneLineEnd(String input) throws Exception {
        assertThat(run(input, "add", "anna")).isZero();
        assertThat(accounts.authenticate("anna", "correct horse")).isPresent();
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(strings = {"correct\0horse\n", "LONG"})
    void takesNoImpossiblePassword(String input) throws Exception {
        assertThat(run(input.equals("LONG") ? "x".repeat(1 << 20) : input, "add", "anna"))
                .isEqualTo(1);
        assertThat(said()).isEqualTo("a password has 1 to 1024 bytes in UTF-8, and none of them is 0\n");
        assertThat(accounts.find("anna")).isEmpty();
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {"", "\n", "\r\n", "1234567", "1234567\r\n", "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00"})
    void takesNoShortPassword(String input) throws Exception {
        assertThat(run("correct horse", "add", "bob")).isZero();
        for (String command : List.of("add", "password", "temporary")) {
            assertThat(run(input, command, command.equals("add") ? "anna" : "bob"))
                    .isEqualTo(1);
            assertThat(said()).isEqualTo("the password has less than 8 characters\n");
            assertThat(out()).isEmpty();
        }
        assertThat(accounts.find("anna")).isEmpty();
        assertThat(accounts.authenticate("bob", "correct horse")).isPresent();
    }

    @Test
    void takesTheShortestPassword() throws Exception {
        assertThat(run("12345678\n", "add", "anna")).isZero();
        assertThat(accounts.authenticate("anna", "12345678")).isPresent();
    }

    @Test
    void takesBlanksAsTheyAre() throws Exception {
        assertThat(run(" correct horse \r\n", "add", "anna")).isZero();
        assertThat(accounts.authenticate("anna", " correct horse ")).isPresent();
        assertThat(run("correct horse\n\n", "password", "anna")).isZero();
        assertThat(accounts.authenticate("anna", "correct horse\n")).isPresent();
    }

    @Test
    void takesTheLongestPassword() throws Exception {
        assertThat(run("x".repeat(1024) + "\r\n", "add", "anna")).isZero();
        assertThat(accounts.authenticate("anna", "x".repeat(1024))).isPresent();
    }

    @Test
    void takesNoOtherEncoding() throws Exception {
        assertThat(run(new byte[] {'p', (byte) 0xE4, 's'}, "add", "anna")).isEqualTo(1);
        assertThat(said()).isEqualTo("the password is not in UTF-8\n");
    }

    @Test
    void saysWhatIsNotPossible() throws Exception {
        assertThat(run("correct horse", "add", "anna")).isZero();
        assertThat(run("correct horse", "add", "anna")).isEqualTo(1);
        assertThat(said()).isEqualTo("there is such an account\n");
        for (String command : List.of("password", "temporary", "roles", "scopes", "disable", "enable", "remove")) {
            assertThat(run("correct horse", command, "bob")).isEqualTo(1);
            assertThat(said()).isEqualTo("there is no such account\n");
            assertThat(out()).isEmpty();
        }
    }

    @Test
    void saysWhatItDid() {
        assertDone("anna: added", "add", "anna");
        assertDone("anna: password changed", "password", "anna");
        assertDone("anna: password changed, until the next login", "temporary", "anna");
        assertDone("anna: roles changed", "roles", "anna", "user");
        assertDone("anna: scopes changed", "scopes", "anna", "read");
        assertDone("anna: disabled", "disable", "anna");
        assertDone("anna: enabled", "enable", "anna");
        assertDone("anna: removed", "remove", "anna");
    }

    private void assertDone(String text, String... command) {
        assertThat(run("correct horse", command)).isZero();
        assertThat(out()).isEqualTo(text + "\n");
        assertThat(said()).isEmpty();
    }

    @Test
    void listsAccountsWithoutPasswords() {
        assertThat(run("", "list")).isZero();
        assertThat(out()).isEmpty();
        assertThat(run("correct horse", "add", "bob")).isZero();
        assertThat(run("correct horse", "temporary", "bob")).isZero();
        assertThat(run("", "disable", "bob")).isZero();
        assertThat(run("correct horse", "add", "anna", "user", "clerk")).isZero();
        assertThat(run("", "scopes", "anna", "write", "read")).isZero();
        assertThat(run("", "list")).isZero();
        assertThat(out()).isEqualTo("""
                anna\tclerk,user\tread,write\tenabled\t-
                bob\t-\t-\tdisabled\tmust-change
                """);
        assertThat(said()).isEmpty();
    }

    @Test
    void removes() throws Exception {
        assertThat(run("correct horse", "add", "anna", "user")).isZero();
        assertThat(run("", "remove", "anna")).isZero();
        assertThat(accounts.find("anna")).isEmpty();
    }

    static List<List<String>> nonsense() {
        return List.of(
                List.of(),
                List.of("jdbc:h2:mem:x"),
                List.of("add", "anna", "user"),
                List.of("jdbc:h2:mem:x", "disable"),
                List.of("jdbc:h2:mem:x", "add"),
                List.of("jdbc:h2:mem:x", "delete", "anna"),
                List.of("jdbc:h2:mem:x", "ADD", "anna"),
                List.of("jdbc:h2:mem:x", "list", "anna"),
                List.of("jdbc:h2:mem:x", "remove", "anna", "bob"),
                List.of("jdbc:h2:mem:x", "password", "anna", "correct horse"));
    }

    /** Before any database is opened: there is none. */
    @ParameterizedTest
    @MethodSource("nonsense")
    void saysHowItIsUsed(List<String> arguments) {
        assertThat(AccountsCommand.run(
                        arguments,
                        Map.of(),
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(said, true, UTF_8)))
                .isEqualTo(2);
        assertThat(said()).startsWith("Usage: ").doesNotContain("correct horse");
        assertThat(out()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void makesNoTables(TestDatabase kind) throws Exception {
        String url = kind.url();
        TestDatabase.execute(url, "CREATE TABLE something (id INTEGER PRIMARY KEY)");
        for (String command : List.of("add", "disable")) {
            assertThat(runAt(url, "correct horse".getBytes(UTF_8), command, "anna"))
                    .isEqualTo(1);
            assertThat(said())
                    .isEqualTo(
                            "no tables of Mapae in that database: start the application once, or correct the address\n");
            assertThat(out()).isEmpty();
        }
        try (Database database = DataSources.open(url, Optional.empty(), Optional.empty())) {
            assertThat(Schema.isThere(database)).isFalse();
            Schema.apply(database);
            assertThat(Schema.isThere(database)).isTrue();
        }
        assertThat(runAt(url, "correct horse".getBytes(UTF_8), "add", "anna")).isZero();
    }

    @Test
    void makesNoDatabase(@TempDir Path directory) throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("mistyped") + ";PASSWORD=hidden";
        assertThat(runAt(url, new byte[0], "disable", "anna")).isEqualTo(1);
        assertThat(said())
                .isEqualTo("there is no such H2 database: start the application once, or correct the address"
                        + " (SQLState 90146)\n");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void leavesIfExistsAsItIs() throws Exception {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";ifexists=false";
        assertThat(runAt(url, new byte[0], "disable", "anna")).isEqualTo(1);
        assertThat(said()).startsWith("no tables of Mapae in that database: ");
    }

    @Test
    void aUrlWithoutADriverIsTold() {
        assertThat(runAt("jdbc:nothing:hidden", new byte[0], "disable", "anna")).isEqualTo(1);
        assertThat(said())
                .startsWith("the first argument is a JDBC URL, but none of H2, PostgreSQL, MariaDB")
                .doesNotContain("hidden");
    }

    /** As in a WAR, where nothing listens to SLF4J; and where something does. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void saysNothingElse(boolean logs, @TempDir Path directory) throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("mapae");
        try (Database database = DataSources.open(url, Optional.empty(), Optional.empty())) {
            Schema.apply(database);
            JdbcAccounts some = new JdbcAccounts(database, new Bulkhead(1), InstantSource.system());
            assertThat(some.add(new Account("anna", Set.of(), Set.of(), false, false), "correct horse"))
                    .isTrue();
        }
        String jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> logs || !jar.contains("slf4j-jdk14"))
                .collect(Collectors.joining(File.pathSeparator));
        Path err = directory.resolve("err");
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        jars,
                        AccountsCommand.class.getName(),
                        url,
                        "list")
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(err).isEmptyFile();
        assertThat(out).hasContent("anna\t-\t-\tenabled\t-");
        assertThat(process.exitValue()).isZero();
    }
}
