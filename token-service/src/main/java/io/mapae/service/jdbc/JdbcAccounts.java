package io.mapae.service.jdbc;

import io.mapae.service.StoreException;
import io.mapae.service.account.Account;
import io.mapae.service.account.Accounts;
import io.mapae.service.account.Bulkhead;
import io.mapae.service.account.Passwords;
import io.mapae.service.account.Roster;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Accounts in the tables {@code mapae_account} and {@code mapae_account_role}. No connection is held while a password is
 * computed. Safe for use by several threads, and by several nodes at once.
 */
public final class JdbcAccounts implements Accounts, Roster {
    private static final Logger LOG = System.getLogger("io.mapae.service.account");

    private final Database database;
    private final Bulkhead bulkhead;
    private final InstantSource clock;
    private final Passwords passwords = new Passwords();

    /** @param bulkhead what passwords are computed behind */
    public JdbcAccounts(Database database, Bulkhead bulkhead, InstantSource clock) {
        this.database = database;
        this.bulkhead = bulkhead;
        this.clock = clock;
    }

    /** An account, and its password as it is stored. */
    private record Row(Account account, String stored) {
        @Override
        public String toString() {
            return "Row";
        }
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
        return row(name).map(Row::account);
    }

    @Override
    public Optional<Account> authenticate(String name, String password) throws StoreException {
        if (!Passwords.isAllowed(password)) {
            return Optional.empty();
        }
        Optional<Row> row = row(name);
        Check check = bulkhead.run(() -> check(row.map(Row::stored), password));
        if (!check.matches()) {
            return Optional.empty();
        }
        if (check.better().isPresent()) {
            upgrade(name, row.orElseThrow().stored(), check.better().get());
        }
        return row.map(Row::account);
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
    public boolean changePassword(String name, String password) throws StoreException {
        return changePassword(name, password, false);
    }

    /**
     * Gives an account another password.
     *
     * @param mustChange whether it has to be changed again at the next login
     * @return whether the account is there
     */
    public boolean changePassword(String name, String password, boolean mustChange) throws StoreException {
        if (!Names.isName(name)) {
            return false;
        }
        String hash = bulkhead.run(() -> passwords.hash(password));
        return update("UPDATE mapae_account SET password = ?, must_change = ? WHERE name = ?", hash, mustChange, name)
                == 1;
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
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO mapae_account"
                        + " (name, password, scopes, disabled, must_change, created) VALUES (?, ?, ?, ?, ?, ?)")) {
                    insert.setString(1, account.name());
                    insert.setString(2, stored);
                    insert.setString(3, Names.joined(account.scopes()));
                    insert.setBoolean(4, account.disabled());
                    insert.setBoolean(5, account.mustChange());
                    insert.setLong(6, clock.millis());
                    insert.executeUpdate();
                }
                insertRoles(connection, account.name(), account.roles());
                return true;
            });
        } catch (StoreException failure) {
            if (find(account.name()).isPresent()) {
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
        return Names.isName(name)
                && update("UPDATE mapae_account SET disabled = ? WHERE name = ?", disabled, name) == 1;
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
        try (PreparedStatement select =
                connection.prepareStatement("SELECT name FROM mapae_account WHERE name = ? FOR UPDATE")) {
            select.setString(1, name);
            try (ResultSet found = select.executeQuery()) {
                return found.next();
            }
        }
    }

    private static void deleteRoles(Connection connection, String name) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM mapae_account_role WHERE account = ?")) {
            delete.setString(1, name);
            delete.executeUpdate();
        }
    }

    private static void insertRoles(Connection connection, String name, Set<String> roles) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO mapae_account_role (account, role) VALUES (?, ?)")) {
            for (String role : new TreeSet<>(roles)) {
                insert.setString(1, name);
                insert.setString(2, role);
                insert.executeUpdate();
            }
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

    private Optional<Row> row(String name) throws StoreException {
        if (!Names.isName(name)) {
            return Optional.empty(); // databases disagree on what to do with NUL and its like
        }
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT a.name, a.password, a.scopes,"
                    + " a.disabled, a.must_change, r.role FROM mapae_account a"
                    + " LEFT JOIN mapae_account_role r ON r.account = a.name WHERE a.name = ?")) {
                select.setString(1, name);
                try (ResultSet found = select.executeQuery()) {
                    return row(name, found);
                }
            }
        });
    }

    private static Optional<Row> row(String name, ResultSet found) throws SQLException {
        Optional<Row> first = Optional.empty();
        Set<String> roles = new LinkedHashSet<>();
        while (found.next()) {
            if (!name.equals(found.getString(1))) {
                continue; // a table made with another collation folds
            }
            String role = found.getString(6);
            if (role != null) {
                roles.add(role);
            }
            first = Optional.of(new Row(
                    new Account(name, roles, Names.split(found.getString(3)), found.getBoolean(4), found.getBoolean(5)),
                    found.getString(2)));
        }
        return first;
    }

    private int update(String sql, Object... values) throws StoreException {
        return database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    update.setObject(i + 1, values[i]);
                }
                return update.executeUpdate();
            }
        });
    }
}
