package io.mapae.service.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.service.StoreException;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.RememberMeCredential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** As Payara's for OpenID Connect, which is in every application. */
    public static final class ForTokens implements IdentityStore {
        @Override
        public CredentialValidationResult validate(Credential credential) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }

        public CredentialValidationResult validate(RememberMeCredential credential) {
            return CredentialValidationResult.INVALID_RESULT;
        }
    }

    /** Says what groups callers have whom another one knows. */
    public static final class ForGroups implements IdentityStore {}

    public static final class ForPasswords implements IdentityStore {
        public CredentialValidationResult validate(UsernamePasswordCredential credential) {
            return CredentialValidationResult.INVALID_RESULT;
        }
    }

    public static final class ForAll implements IdentityStore {
        @Override
        public CredentialValidationResult validate(Credential credential) {
            return CredentialValidationResult.INVALID_RESULT;
        }
    }

    /** Makes one, of whatever kind. */
    public static final class Producer {}

    /** What a server may name as the class of one that an annotation made. */
    public interface Store extends IdentityStore {}

    @ParameterizedTest
    @CsvSource({
        "ForTokens, false",
        "ForGroups, false",
        "ForPasswords, true",
        "ForAll, true",
        "Producer, true",
        "Store, true"
    })
    void countsStoresForPasswordsOnly(String store, boolean counts) throws Exception {
        Class<?> beanClass = Class.forName(getClass().getName() + '$' + store);
        assertThat(IdentityStoreAccounts.takesPasswords(beanClass)).isEqualTo(counts);
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
