package io.mapae.service.jdbc;

import io.mapae.service.StoreException;
import io.mapae.service.account.Account;
import io.mapae.service.account.Accounts;
import io.mapae.service.account.Bulkhead;
import io.mapae.service.account.Passwords;
import io.mapae.service.account.Roster;
import io.mapae.service.jdbc.StoredAccounts.Stored;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Accounts in the tables {@code mapae_account} and {@code mapae_account_role}. No connection is held while a password is
 * computed. Safe for use by several threads, and by several nodes at once.
 */
public final class JdbcAccounts implements Accounts, Roster {
    private static final Logger LOG = System.getLogger("io.mapae.service.account");

    private static final String CHANGE = "UPDATE mapae_account SET password = ?, must_change = ?,"
            + " credential_version = credential_version + 1 WHERE name = ?";

    private final Database database;
    private final StoredAccounts stored;
    private final Bulkhead bulkhead;
    private final InstantSource clock;
    private final Passwords passwords = new Passwords();

    /** @param bulkhead what passwords are computed behind */
    public JdbcAccounts(Database database, Bulkhead bulkhead, InstantSource clock) {
        this.database = database;
        this.stored = new StoredAccounts(database);
        this.bulkhead = bulkhead;
        this.clock = clock;
    }

    /** Whether a password matched, and what to store instead of what is stored. */
    private record Check(boolean matches, Optional<String> better) {
        static final Check NO = new Check(false, Optional.empty());

        @Override
        public String toString() {
            return "Check[" + matches + "]";
        }
    }

    @Override
    public Optional<Account> find(String name) throws StoreException {
        return stored.find(name).map(Stored::account);
    }

    @Override
    public Optional<Account> authenticate(String name, String password) throws StoreException {
        if (!Passwords.isAllowed(password)) {
            return Optional.empty();
        }
        Optional<Stored> row = stored.find(name);
        Check check = bulkhead.run(() -> check(row.map(Stored::password), password));
        if (!check.matches()) {
            return Optional.empty();
        }
        if (check.better().isPresent()) {
            upgrade(name, row.orElseThrow().password(), check.better().get());
        }
        return row.map(Stored::account);
    }

    private Check check(Optional<String> stored, String password) {
        if (stored.isEmpty()) {
            return new Check(passwords.matchesNothing(password), Optional.empty());
        }
        if (!passwords.matches(password, stored.get())) {
            return Check.NO;
        }
        return new Check(
                true,
                passwords.needsUpgrade(password, stored.get())
                        ? Optional.of(passwords.hash(password))
                        : Optional.empty());
    }

    /** Only in the place of what was checked: a password that was changed meanwhile stays changed. */
    private void upgrade(String name, String stored, String better) {
        try {
            int unused = update(
                    "UPDATE mapae_account SET password = ? WHERE name = ? AND password = ?", better, name, stored);
        } catch (StoreException later) {
            LOG.log(Level.WARNING, "A password could not be stored in a stronger form: {0}", later.getMessage());
        }
    }

    @Override
    public Optional<Account> changePassword(Account account, String password) throws StoreException {
        if (!Names.isName(account.name())) {
            return Optional.empty();
        }
        String hash = bulkhead.run(() -> passwords.hash(password));
        long before = account.credentialVersion();
        int changed = update(CHANGE + " AND credential_version = ?", hash, false, account.name(), before);
        return changed == 1
                ? find(account.name()).filter(now -> now.credentialVersion() == before + 1)
                : Optional.empty();
    }

    /**
     * Gives an account another password, whatever it had: for those who operate the service.
     *
     * @param mustChange whether it has to be changed again at the next login
     * @return whether the account is there
     */
    public boolean changePassword(String name, String password, boolean mustChange) throws StoreException {
        if (!Names.isName(name)) {
            return false;
        }
        String hash = bulkhead.run(() -> passwords.hash(password));
        return update(CHANGE, hash, mustChange, name) == 1;
    }

    /**
     * Adds an account.
     *
     * @return whether there was none of exactly that name
     * @throws IllegalArgumentException if the name, the password, a role or a scope cannot be one
     */
    public boolean add(Account account, String password) throws StoreException {
        Names.check(account);
        String hash = bulkhead.run(() -> passwords.hash(password));
        return insert(account, hash);
    }

    /**
     * Adds an account that comes from elsewhere.
     *
     * @param hash its password in a form of which {@link Passwords#isKnown}
     * @return whether there was none of exactly that name
     * @throws IllegalArgumentException if the name, the form, a role or a scope cannot be one
     */
    public boolean addHashed(Account account, String hash) throws StoreException {
        Names.check(account);
        if (!Passwords.isKnown(hash)) {
            throw new IllegalArgumentException("the password is in no form that is known here");
        }
        return insert(account, hash);
    }

    private boolean insert(Account account, String stored) throws StoreException {
        try {
            return database.inTransaction(connection -> {
                int unused = Statements.update(
                        connection,
                        "INSERT INTO mapae_account (name, password, scopes, disabled, must_change, created)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        account.name(),
                        stored,
                        Names.joined(account.scopes()),
                        account.disabled(),
                        account.mustChange(),
                        clock.millis());
                insertRoles(connection, account.name(), account.roles());
                return true;
            });
        } catch (StoreException failure) {
            if (Database.isDuplicate(failure)) {
                return false;
            }
            throw failure;
        }
    }

    /** Whether there is such an account, which now can neither log in nor go on. */
    public boolean disable(String name) throws StoreException {
        return disable(name, true);
    }

    /** Whether there is such an account, which now can log in. */
    public boolean enable(String name) throws StoreException {
        return disable(name, false);
    }

    private boolean disable(String name, boolean disabled) throws StoreException {
        String ending = disabled ? ", credential_version = credential_version + 1" : "";
        return Names.isName(name)
                && update("UPDATE mapae_account SET disabled = ?" + ending + " WHERE name = ?", disabled, name) == 1;
    }

    /**
     * Gives an account exactly these scopes.
     *
     * @return whether it is there
     */
    public boolean allow(String name, Set<String> scopes) throws StoreException {
        Names.checkScopes(scopes);
        return Names.isName(name)
                && update("UPDATE mapae_account SET scopes = ? WHERE name = ?", Names.joined(scopes), name) == 1;
    }

    /**
     * Gives an account exactly these roles.
     *
     * @return whether it is there
     */
    public boolean assign(String name, Set<String> roles) throws StoreException {
        Names.checkRoles(roles);
        return Names.isName(name)
                && database.inTransaction(connection -> {
                    boolean isThere = lock(connection, name);
                    if (isThere) {
                        deleteRoles(connection, name);
                        insertRoles(connection, name, roles);
                    }
                    return isThere;
                });
    }

    /** So that two who assign roles at once do not mix them up. */
    private static boolean lock(Connection connection, String name) throws SQLException {
        String sql = "SELECT name FROM mapae_account WHERE name = ? FOR UPDATE";
        return !Statements.query(connection, sql, row -> row.getString(1), name).isEmpty();
    }

    private static void deleteRoles(Connection connection, String name) throws SQLException {
        int unused = Statements.update(connection, "DELETE FROM mapae_account_role WHERE account = ?", name);
    }

    private static void insertRoles(Connection connection, String name, Set<String> roles) throws SQLException {
        String sql = "INSERT INTO mapae_account_role (account, role) VALUES (?, ?)";
        for (String role : new TreeSet<>(roles)) {
            int unused = Statements.update(connection, sql, name, role);
        }
    }

    @Override
    public Optional<Account> remember(String name, Set<String> roles) throws StoreException {
        if (!Names.isName(name) || !roles.stream().allMatch(Names::isName)) {
            return Optional.empty();
        }
        Optional<Account> known = find(name);
        if (known.isEmpty()) {
            boolean unused = insert(new Account(name, roles, Set.of(), false, false), Passwords.none());
            known = find(name);
        }
        if (known.isPresent() && !known.get().roles().equals(roles)) {
            boolean unused = assign(name, roles);
            known = find(name);
        }
        return known;
    }

    /** All of them, by name. */
    public List<Account> all() throws StoreException {
        return stored.all().stream().map(Stored::account).toList();
    }

    /**
     * Removes an account, and its sessions as far as they are in this database: whoever gets the name next does not get
     * these as well.
     *
     * @return whether it was there
     */
    public boolean remove(String name) throws StoreException {
        return Names.isName(name)
                && database.inTransaction(connection -> {
                    boolean isThere = lock(connection, name);
                    if (isThere) {
                        deleteRoles(connection, name);
                        Statements.update(connection, "DELETE FROM mapae_session WHERE account = ?", name);
                        Statements.update(connection, "DELETE FROM mapae_account WHERE name = ?", name);
                    }
                    return isThere;
                });
    }

    private int update(String sql, Object... values) throws StoreException {
        return database.run(connection -> Statements.update(connection, sql, values));
    }
}
