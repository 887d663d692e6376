package io.mapae.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdentityStoreAccountsTest {
    private final Map<String, Account> remembered = new HashMap<>();
    private Set<String> groups = Set.of("user");

    private final Roster roster = new Roster() {
        @Override
        public Optional<Account> find(String name) {
            return Optional.ofNullable(remembered.get(name));
        }

        @Override
        public Optional<Account> remember(String name, Set<String> roles) {
            if (roles.contains("")) {
                return Optional.empty();
            }
            Account account = new Account(name, roles, Set.of(), false, false);
            remembered.put(name, account);
            return Optional.of(account);
        }
    };

    private final IdentityStoreHandler handler = credential -> {
        UsernamePasswordCredential given = (UsernamePasswordCredential) credential;
        boolean right = given.getCaller().equalsIgnoreCase("anna")
                && given.getPassword().compareTo("correct horse");
        return right ? new CredentialValidationResult("anna", groups) : CredentialValidationResult.INVALID_RESULT;
    };

    private final Accounts accounts = new IdentityStoreAccounts(handler, roster, new Bulkhead(1));

    private static Account anna(String... roles) {
        return new Account("anna", Set.of(roles), Set.of(), false, false);
    }

    @Test
    void asksTheIdentityStores() throws Exception {
        assertThat(accounts.authenticate("anna", "correct horse")).contains(anna("user"));
        assertThat(accounts.authenticate("anna", "battery staple")).isEmpty();
        assertThat(accounts.authenticate("bob", "correct horse")).isEmpty();
        assertThat(accounts.authenticate("anna", "correct horse\0")).isEmpty();
        assertThat(accounts.authenticate("anna", "")).isEmpty();
    }

    @Test
    void findsWhatTheLastLoginTold() throws Exception {
        assertThat(accounts.find("anna")).isEmpty();
        assertThat(accounts.authenticate("anna", "correct horse")).contains(anna("user"));
        assertThat(accounts.find("anna")).contains(anna("user"));
        groups = Set.of("admin");
        assertThat(accounts.find("anna")).contains(anna("user"));
        assertThat(accounts.authenticate("anna", "wrong")).isEmpty();
        assertThat(accounts.find("anna")).contains(anna("user"));
        assertThat(accounts.authenticate("anna", "correct horse")).contains(anna("admin"));
        assertThat(accounts.find("anna")).contains(anna("admin"));
        assertThat(accounts.find("bob")).isEmpty();
    }

    /** Else ANNA, AnNa and their like had ten free guesses each at one password. */
    @Test
    void refusesWhomTheStoreKnowsByAnotherName() throws Exception {
        try (CapturedLog log = new CapturedLog("io.mapae.service.account")) {
            assertThat(accounts.authenticate("ANNA", "correct horse")).isEmpty();
            assertThat(log.messages())
                    .containsExactly("An identity store knows somebody by another name than the one given: refused");
        }
        assertThat(remembered).isEmpty();
    }

    @Test
    void refusesWhatCannotBeKept() throws Exception {
        groups = Set.of("");
        try (CapturedLog log = new CapturedLog("io.mapae.service.account")) {
            assertThat(accounts.authenticate("anna", "correct horse")).isEmpty();
            assertThat(log.messages()).hasSize(1);
        }
    }

    /** Its message may hold who asked. */
    @Test
    void aStoreThatFailsDecidesNothing() {
        IdentityStoreHandler failing = credential -> {
            throw new IllegalStateException("no directory for anna");
        };
        assertThatThrownBy(() -> new IdentityStoreAccounts(failing, roster, new Bulkhead(1))
                        .authenticate("anna", "correct horse"))
                .isInstanceOf(StoreException.class)
                .hasMessage("the identity stores do not answer (java.lang.IllegalStateException)");
    }

    @Test
    void changesNoPasswords() throws Exception {
        assertThat(accounts.keepsPasswords()).isFalse();
        assertThat(accounts.changePassword(anna(), "battery staple")).isEmpty();
    }

    @Test
    void thereAreNoneWithoutCdi() {
        assertThat(IdentityStores.accounts(roster, new Bulkhead(1))).isEmpty();
    }

    /** As on Tomcat, which has neither API. */
    @Test
    void thereAreNoneWithoutJakartaSecurity() throws Exception {
        ClassLoader plain = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (!name.startsWith("io.mapae.")) {
                    throw new ClassNotFoundException(name);
                }
                try (InputStream in = Objects.requireNonNull(
                        IdentityStoreAccountsTest.class.getResourceAsStream('/' + name.replace('.', '/') + ".class"))) {
                    byte[] bytes = in.readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException unreadable) {
                    throw new ClassNotFoundException(name, unreadable);
                }
            }
        };
        Class<?> stores = plain.loadClass(IdentityStores.class.getName());
        Object found = stores.getMethod(
                        "accounts", plain.loadClass(Roster.class.getName()), plain.loadClass(Bulkhead.class.getName()))
                .invoke(null, null, null);
        assertThat(found).isEqualTo(Optional.empty());
    }
}
