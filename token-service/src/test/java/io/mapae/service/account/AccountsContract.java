package io.mapae.service.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every source of accounts promises. */
public abstract class AccountsContract {
    protected static final Account ANNA = account("anna");

    protected static Account account(String name) {
        return new Account(name, Set.of("user", "clerk"), Set.of("read", "write"), false, false);
    }

    /** Always the same one. */
    protected abstract Accounts accounts();

    /** Puts it where {@link #accounts} finds it. */
    protected abstract void put(Account account, String password) throws Exception;

    @Test
    void findsWhatIsThere() throws Exception {
        put(ANNA, "correct horse");
        Account bob = new Account("bob", Set.of(), Set.of(), true, true);
        put(bob, "battery staple");
        assertThat(accounts().find("anna")).contains(ANNA);
        assertThat(accounts().find("bob")).contains(bob);
        assertThat(accounts().find("carol")).isEmpty();
        assertThat(accounts().authenticate("anna", "correct horse")).contains(ANNA);
        assertThat(accounts().authenticate("bob", "battery staple")).contains(bob);
        assertThat(accounts().authenticate("anna", "battery staple")).isEmpty();
        assertThat(accounts().authenticate("bob", "correct horse")).isEmpty();
        assertThat(accounts().authenticate("carol", "correct horse")).isEmpty();
    }

    @Test
    void namesAreExact() throws Exception {
        put(ANNA, "correct horse");
        List<String> others = List.of(
                "Anna",
                "ANNA",
                " anna",
                "anna ",
                "anna\u00A0",
                "anna\t",
                "anna\n",
                "anna\0",
                "\0",
                "",
                "\u00E4nna",
                "an\u200Bna",
                "\uFF41nna",
                "%",
                "ann_",
                "anna' OR '1'='1",
                "'; DROP TABLE mapae_account; --",
                "anna\\",
                "anna\uD83D");
        for (String other : others) {
            assertThat(accounts().find(other)).isEmpty();
            assertThat(accounts().authenticate(other, "correct horse")).isEmpty();
        }
        for (String other : List.of("Anna", "anna ", "anna\0", "anna' OR '1'='1")) {
            assertThat(accounts()
                            .changePassword(new Account(other, Set.of(), Set.of(), false, false), "battery staple"))
                    .isEmpty();
        }
        assertThat(accounts().authenticate("anna", "correct horse")).contains(ANNA);
    }

    @Test
    void endlessNamesAreNobodys() throws Exception {
        put(ANNA, "correct horse");
        assertThat(accounts().find("anna".repeat(1 << 18))).isEmpty();
        assertThat(accounts().authenticate("anna".repeat(1 << 18), "correct horse"))
                .isEmpty();
    }

    @Test
    void likeNamesAreDifferentAccounts() throws Exception {
        List<String> names =
                List.of("jose\u0301", "jos\u00E9", "jose", "Jos\u00E9", "jose ", "\u00DF", "ss", "\uD83D\uDE00");
        for (String name : names) {
            put(account(name), "password of " + name);
        }
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String other = names.get((i + 1) % names.size());
            assertThat(accounts().find(name)).contains(account(name));
            assertThat(accounts().authenticate(name, "password of " + name)).contains(account(name));
            assertThat(accounts().authenticate(name, "password of " + other)).isEmpty();
        }
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {"", "\0", "correct horse\0", "correct horse\0x", "Correct horse", "correct horse ", "MEGABYTE"})
    void passwordsAreExact(String kind) throws Exception {
        put(ANNA, "correct horse");
        String password = kind.equals("MEGABYTE") ? "correct horse".repeat(1 << 17) : kind;
        assertThat(accounts().authenticate("anna", password)).isEmpty();
        assertThat(accounts().authenticate("carol", password)).isEmpty();
    }

    @Test
    void manyLogInAtOnce() throws Exception {
        put(ANNA, "correct horse");
        ExecutorService threads = Executors.newFixedThreadPool(5);
        List<Future<Optional<Account>>> right = new ArrayList<>();
        List<Future<Optional<Account>>> wrong = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            right.add(threads.submit(() -> accounts().authenticate("anna", "correct horse")));
            wrong.add(threads.submit(() -> accounts().authenticate("anna", "battery staple")));
        }
        for (int i = 0; i < 5; i++) {
            assertThat(right.get(i).get()).contains(ANNA);
            assertThat(wrong.get(i).get()).isEmpty();
        }
        threads.shutdown();
    }
}
