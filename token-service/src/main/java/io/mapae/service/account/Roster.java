package io.mapae.service.account;

import io.mapae.service.StoreException;
import java.util.Optional;
import java.util.Set;

/**
 * What is remembered of accounts whose passwords are kept elsewhere, where nobody can be asked about them without one. Safe
 * for use by several threads, and by several nodes at once.
 */
public interface Roster {
    /** The account as it was remembered last, with what was decided here since: its scopes, and whether it is disabled. */
    Optional<Account> find(String name) throws StoreException;

    /**
     * Notes that there is such an account, with exactly these roles.
     *
     * @return the account as it is now; empty if it cannot be noted, being no name or role of an account
     */
    Optional<Account> remember(String name, Set<String> roles) throws StoreException;
}
