package io.mapae.service.account;

import io.mapae.service.StoreException;
import java.util.Optional;

/**
 * Where accounts come from: a service of this type replaces those of the database. Safe for use by several threads.
 */
public interface Accounts {
    /** The account as it is now, disabled or not; empty if there is none of exactly this name. */
    Optional<Account> find(String name) throws StoreException;

    /**
     * Whoever has exactly this name and password, disabled or not; it takes the same time where there is no such account.
     *
     * @param password not empty, without NUL, at most 1024 bytes in UTF-8
     */
    Optional<Account> authenticate(String name, String password) throws StoreException;

    /** Whether passwords are kept, and can be changed, here. */
    default boolean keepsPasswords() {
        return true;
    }

    /**
     * Gives an account another password and credential version, and takes {@code mustChange} from it, unless its credentials
     * have changed since it was read.
     *
     * @return the account as it is then; empty if it was not changed
     */
    Optional<Account> changePassword(Account account, String password) throws StoreException;
}
