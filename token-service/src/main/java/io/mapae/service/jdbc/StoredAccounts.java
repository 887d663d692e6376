package io.mapae.service.jdbc;

import io.mapae.service.StoreException;
import io.mapae.service.account.Account;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Accounts as the tables have them, read with their roles at once. Safe for use by several threads. */
record StoredAccounts(Database database) {
    /** A row for each role, or one without. */
    private static final String SELECT = "SELECT a.name, a.password, a.scopes, a.disabled, a.must_change, r.role,"
            + " a.credential_version FROM mapae_account a LEFT JOIN mapae_account_role r ON r.account = a.name";

    /** An account, and its password as it is stored. */
    record Stored(Account account, String password) {
        @Override
        public String toString() {
            return "Stored";
        }
    }

    /** An account without its roles, and one of these if it has any. */
    private record Joined(Account account, String password, Optional<String> role) {
        @Override
        public String toString() {
            return "Joined";
        }
    }

    /** The account of exactly that name. */
    Optional<Stored> find(String name) throws StoreException {
        if (!Names.isName(name)) {
            return Optional.empty(); // databases disagree on what to do with NUL and its like
        }
        List<Joined> found = database.run(
                connection -> Statements.query(connection, SELECT + " WHERE a.name = ?", StoredAccounts::joined, name));
        // A table made with another collation folds.
        List<Joined> exact =
                found.stream().filter(row -> row.account().name().equals(name)).toList();
        return exact.isEmpty() ? Optional.empty() : Optional.of(stored(exact));
    }

    /** All of them, by name. */
    List<Stored> all() throws StoreException {
        return database.run(connection -> Statements.query(connection, SELECT, StoredAccounts::joined)).stream()
                .collect(Collectors.groupingBy(row -> row.account().name(), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(StoredAccounts::stored)
                .toList();
    }

    /** Of the rows of one account. */
    private static Stored stored(List<Joined> rows) {
        Set<String> roles = new LinkedHashSet<>();
        rows.forEach(row -> row.role().ifPresent(roles::add));
        Account account = rows.get(0).account();
        return new Stored(
                new Account(
                        account.name(),
                        roles,
                        account.scopes(),
                        account.disabled(),
                        account.mustChange(),
                        account.credentialVersion()),
                rows.get(0).password());
    }

    private static Joined joined(ResultSet row) throws SQLException {
        Set<String> scopes = Names.split(row.getString(3));
        Account account =
                new Account(row.getString(1), Set.of(), scopes, row.getBoolean(4), row.getBoolean(5), row.getLong(7));
        return new Joined(account, row.getString(2), Optional.ofNullable(row.getString(6)));
    }
}
