package io.mapae.service.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.service.account.Account;
import io.mapae.service.account.Bulkhead;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsCommandTest {
    private final MemoryDatabase memory;
    private final JdbcAccounts accounts;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

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
        List<String> all = new ArrayList<>(List.of(memory.url));
        all.addAll(Arrays.asList(arguments));
        said.reset();
        return AccountsCommand.run(all, Map.of(), new ByteArrayInputStream(input), new PrintStream(said, true, UTF_8));
    }

    private String said() {
        return said.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void addsAndChanges() throws Exception {
        assertThat(run("correct horse\n", "add", "anna", "user", "clerk")).isZero();
        assertThat(said()).isEmpty();
        Account anna = new Account("anna", Set.of("user", "clerk"), Set.of(), false, false);
        assertThat(accounts.authenticate("anna", "correct horse")).contains(anna);

        assertThat(run("", "disable", "anna")).isZero();
        assertThat(run("", "roles", "anna", "admin")).isZero();
        assertThat(run("", "scopes", "anna", "read")).isZero();
        assertThat(run("other\n", "temporary", "anna")).isZero();
        assertThat(accounts.authenticate("anna", "other"))
                .contains(new Account("anna", Set.of("admin"), Set.of("read"), true, true));

        assertThat(run("", "enable", "anna")).isZero();
        assertThat(run("", "roles", "anna")).isZero();
        assertThat(run("", "scopes", "anna")).isZero();
        assertThat(run("third", "password", "anna")).isZero();
        assertThat(accounts.authenticate("anna", "third"))
                .contains(new Account("anna", Set.of(), Set.of(), false, false));
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
    @ValueSource(strings = {"", "\n", "\r\n", "a\0b\n", "LONG"})
    void takesNoImpossiblePassword(String input) throws Exception {
        assertThat(run(input.equals("LONG") ? "x".repeat(1 << 20) : input, "add", "anna"))
                .isEqualTo(1);
        assertThat(said()).isEqualTo("a password has 1 to 1024 bytes in UTF-8, and none of them is 0\n");
        assertThat(accounts.find("anna")).isEmpty();
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
        for (String command : List.of("password", "temporary", "roles", "scopes", "disable", "enable")) {
            assertThat(run("correct horse", command, "bob")).isEqualTo(1);
            assertThat(said()).isEqualTo("there is no such account\n");
        }
    }

    @Test
    void saysHowItIsUsed() {
        assertThat(run("")).isEqualTo(2);
        assertThat(said()).startsWith("Usage: ");
        assertThat(run("", "disable")).isEqualTo(2);
        assertThat(run("", "delete", "anna")).isEqualTo(2);
        assertThat(run("", "password", "anna", "correct horse")).isEqualTo(2);
        assertThat(said()).startsWith("Usage: ").doesNotContain("correct horse");
    }

    @Test
    void aDatabaseWithoutTablesGetsThem() {
        assertThat(AccountsCommand.run(
                        List.of("jdbc:h2:mem:;PASSWORD=hidden", "disable", "anna"),
                        Map.of("MAPAE_DATABASE_USER", "sa"),
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(said, true, UTF_8)))
                .isEqualTo(1);
        assertThat(said()).startsWith("there is no such account").doesNotContain("hidden");
    }

    @Test
    void aUrlWithoutADriverIsTold() {
        assertThat(AccountsCommand.run(
                        List.of("jdbc:nothing:hidden", "disable", "anna"),
                        Map.of(),
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(said, true, UTF_8)))
                .isEqualTo(1);
        assertThat(said())
                .startsWith("the first argument is a JDBC URL, but none of H2, PostgreSQL, MariaDB")
                .doesNotContain("hidden");
    }
}
