package io.mapae.service.account;

import io.mapae.service.StoreException;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.CredentialValidationResult.Status;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.security.enterprise.identitystore.IdentityStoreHandler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The accounts of the server's identity stores (Jakarta Security): their callers, with their groups as roles. Safe for use
 * by several threads.
 *
 * <p>An identity store tells about nobody without a password. What it said at the last login is remembered: on refresh,
 * {@link #find} answers with the roles of that day, on every node and after a restart. Whoever leaves the identity store is
 * kept out of new logins by it, but of refreshing only by being disabled in the roster, or when the session ends.
 *
 * <p>Only this class knows Jakarta Security and CDI.
 */
final class IdentityStoreAccounts implements Accounts {
    private static final Logger LOG = System.getLogger("io.mapae.service.account");

    private final IdentityStoreHandler handler;
    private final Roster roster;
    private final Bulkhead bulkhead;

    IdentityStoreAccounts(IdentityStoreHandler handler, Roster roster, Bulkhead bulkhead) {
        this.handler = handler;
        this.roster = roster;
        this.bulkhead = bulkhead;
    }

    /** Empty unless the application has an identity store for passwords: servers bring a handler in any case. */
    static Optional<Accounts> current(Roster roster, Bulkhead bulkhead) {
        CDI<Object> beans;
        try {
            beans = CDI.current();
        } catch (IllegalStateException noContainer) {
            return Optional.empty();
        }
        Instance<IdentityStoreHandler> handler = beans.select(IdentityStoreHandler.class);
        boolean hasStore = beans.getBeanManager().getBeans(IdentityStore.class).stream()
                .anyMatch(store -> takesPasswords(store.getBeanClass()));
        return handler.isResolvable() && hasStore
                ? Optional.of(new IdentityStoreAccounts(handler.get(), roster, bulkhead))
                : Optional.empty();
    }

    /**
     * Payara puts a store into each application, for logins by OpenID Connect alone. A store's class has a {@code validate} for
     * each kind of credential it knows, or only the one for all kinds. What is made by a producer, or by an annotation such as
     * {@code @LdapIdentityStoreDefinition}, shows no such class, and is for passwords as a rule.
     */
    static boolean takesPasswords(Class<?> beanClass) {
        if (beanClass.isInterface() || !IdentityStore.class.isAssignableFrom(beanClass)) {
            return true;
        }
        Set<Class<?>> kinds = Arrays.stream(beanClass.getMethods())
                .filter(method -> method.getName().equals("validate") && method.getParameterCount() == 1)
                .filter(method -> method.getDeclaringClass() != IdentityStore.class)
                .map(method -> method.getParameterTypes()[0])
                .collect(Collectors.toSet());
        return kinds.contains(UsernamePasswordCredential.class) || kinds.equals(Set.of(Credential.class));
    }

    @Override
    public Optional<Account> find(String name) throws StoreException {
        return roster.find(name);
    }

    /** What the identity stores do takes the time it takes. */
    @Override
    public Optional<Account> authenticate(String name, String password) throws StoreException {
        if (!Passwords.isAllowed(password)) {
            return Optional.empty();
        }
        CredentialValidationResult result;
        try {
            result = bulkhead.run(() -> validate(name, password));
        } catch (RuntimeException outOfReach) { // a directory or a database behind it: nobody knows who it is
            throw new StoreException(
                    "the identity stores do not answer ("
                            + outOfReach.getClass().getName() + ")",
                    outOfReach);
        }
        if (result.getStatus() != Status.VALID) {
            return Optional.empty();
        }
        // Stores that fold names would give one account many, and attempts are counted by name.
        if (!name.equals(result.getCallerPrincipal().getName())) {
            LOG.log(Level.WARNING, "An identity store knows somebody by another name than the one given: refused");
            return Optional.empty();
        }
        Optional<Account> account = roster.remember(name, result.getCallerGroups());
        if (account.isEmpty()) {
            LOG.log(Level.WARNING, "An identity store has a caller or a group whose name cannot be kept: refused");
        }
        return account;
    }

    private CredentialValidationResult validate(String name, String password) {
        UsernamePasswordCredential credential = new UsernamePasswordCredential(name, password);
        try {
            return handler.validate(credential);
        } finally {
            credential.clear();
        }
    }

    /** They are changed where they are. */
    @Override
    public boolean keepsPasswords() {
        return false;
    }

    @Override
    public Optional<Account> changePassword(Account account, String password) {
        return Optional.empty();
    }
}
