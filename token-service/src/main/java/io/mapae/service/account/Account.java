package io.mapae.service.account;

import java.util.Set;

/**
 * Somebody who may log in. Immutable.
 *
 * @param name exact, with its case and blanks: nothing is trimmed, folded or normalised; the {@code sub} of their tokens
 * @param roles the {@code groups} of their tokens
 * @param scopes what a login may ask for, and gets if it asks for nothing
 * @param disabled whether they may neither log in nor go on
 * @param mustChange whether the password has to be changed before anything else
 * @param credentialVersion another number after each change of the password, and each time it is disabled: sessions that
 *     began with an earlier one are over
 */
public record Account(
        String name,
        Set<String> roles,
        Set<String> scopes,
        boolean disabled,
        boolean mustChange,
        long credentialVersion) {
    public Account {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
    }

    /** One whose credentials never change, as far as is known here. */
    public Account(String name, Set<String> roles, Set<String> scopes, boolean disabled, boolean mustChange) {
        this(name, roles, scopes, disabled, mustChange, 0);
    }

    /** Nothing of it but that it is one. */
    @Override
    public String toString() {
        return "Account";
    }
}
