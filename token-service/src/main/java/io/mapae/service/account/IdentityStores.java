package io.mapae.service.account;

import java.util.Optional;

/** Asks the server for identity stores of its own, where it knows what that is. */
public final class IdentityStores {
    private IdentityStores() {}

    /**
     * The accounts of the application's Jakarta Security identity stores; empty if it has none.
     *
     * @param roster what they said at the last login, as they tell of nobody without a password
     */
    public static Optional<Accounts> accounts(Roster roster, Bulkhead bulkhead) {
        try {
            return IdentityStoreAccounts.current(roster, bulkhead);
        } catch (NoClassDefFoundError plainServlets) {
            return Optional.empty(); // neither CDI nor Jakarta Security: no case for a search of our own
        }
    }
}
