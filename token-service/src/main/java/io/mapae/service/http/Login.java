package io.mapae.service.http;

import io.mapae.service.StoreException;
import io.mapae.service.account.Account;
import io.mapae.service.account.Accounts;
import io.mapae.service.account.Passwords;
import io.mapae.service.session.Refresh.Renewed;
import io.mapae.service.session.Session;
import io.mapae.service.session.Session.Transport;
import io.mapae.service.session.Sessions;
import io.mapae.service.throttle.Permission;
import io.mapae.service.throttle.Throttle;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Names and passwords: login, and the change of a password. Whatever is ill-formed is refused before anything is counted or
 * computed; a wrong password, an unknown name and a disabled account look the same.
 */
record Login(
        Accounts accounts,
        Throttle throttle,
        Sessions sessions,
        Callers callers,
        Tokens tokens,
        Addresses addresses,
        List<String> audiences,
        InstantSource clock) {
    private static final int MAX_NAME = 255;
    private static final int MAX_DEVICE = 256;

    /** {@code POST login}. */
    Reply login(Exchange exchange) throws StoreException, RefusedException {
        Parameters parameters = exchange.parameters();
        String name = text(parameters.must("username"), MAX_NAME);
        String password = password(parameters, "password");
        Optional<String> renewed = newPassword(parameters, accounts);
        String device = text(parameters.get("device").orElse(""), MAX_DEVICE);
        Transport transport = transport(parameters);
        var unused = Grants.scopes(parameters);
        List<String> forWhom = Grants.audiences(parameters, audiences);
        Instant at = clock.instant();
        Account account = authenticate(exchange, name, password);
        Set<String> scopes = Grants.scopes(parameters, account.scopes());
        if (renewed.isPresent()) {
            account = change(account, renewed.get());
            sessions.endAll(account.name(), Optional.empty());
        } else if (account.mustChange()) {
            throw new RefusedException(Failure.PASSWORD_CHANGE_REQUIRED);
        }
        Renewed begun = sessions.begin(account, device, transport, scopes, forWhom);
        try {
            demandStill(account);
            return tokens.answer(begun, scopes, forWhom, at);
        } catch (RefusedException | StoreException | RuntimeException neverUsed) { // or an additional claim is refused
            abandon(begun.session(), neverUsed);
            throw neverUsed;
        }
    }

    /** Nobody has its tokens. */
    private void abandon(Session session, Exception reason) {
        try {
            var unused = sessions.end(session.id());
        } catch (StoreException outOfReach) {
            reason.addSuppressed(outOfReach);
        }
    }

    /** Who changed the password while the old one was computed here has ended all sessions, but not this one. */
    private void demandStill(Account account) throws StoreException, RefusedException {
        boolean same = accounts.find(account.name())
                .filter(now -> !now.disabled() && now.credentialVersion() == account.credentialVersion())
                .isPresent();
        if (!same) {
            throw new RefusedException(Failure.INVALID_GRANT);
        }
    }

    /** {@code POST password}: ends the account's other sessions. */
    Reply password(Exchange exchange) throws StoreException, RefusedException {
        Callers.Known known = callers.of(exchange);
        String password = password(exchange.parameters(), "password");
        String renewed = newPassword(exchange.parameters(), accounts)
                .orElseThrow(() -> new RefusedException(Failure.INVALID_REQUEST, "new_password is missing"));
        Account account = authenticate(exchange, known.session().account(), password);
        sessions.adopt(known.session().id(), change(account, renewed));
        sessions.endAll(account.name(), Optional.of(known.session().id()));
        return Reply.done();
    }

    private Account authenticate(Exchange exchange, String name, String password)
            throws StoreException, RefusedException {
        Permission permission = throttle.ask(name, addresses.of(exchange));
        if (permission instanceof Permission.Refused refused) {
            throw new RefusedException(
                    Failure.SLOW_DOWN.reply().with("Retry-After", String.valueOf(refused.retryAfter())));
        }
        Permission.Granted granted = (Permission.Granted) permission;
        Optional<Account> account;
        try {
            account = accounts.authenticate(name, password).filter(known -> !known.disabled());
        } catch (StoreException nobodyLooked) {
            try {
                granted.takeBack();
            } catch (StoreException alsoOutOfReach) {
                nobodyLooked.addSuppressed(alsoOutOfReach);
            }
            throw nobodyLooked;
        }
        if (account.isEmpty()) {
            throw new RefusedException(Failure.INVALID_GRANT);
        }
        granted.takeBack(); // a store that is out of reach is waited for once, not again for the session
        return account.get();
    }

    /** From then on no other session goes on, whatever becomes of the rest. Who changed it meanwhile has the last word. */
    private Account change(Account account, String password) throws StoreException, RefusedException {
        return accounts.changePassword(account, password)
                .orElseThrow(() -> new RefusedException(Failure.INVALID_GRANT));
    }

    private static Transport transport(Parameters parameters) throws RefusedException {
        return switch (parameters.get("refresh_transport").orElse("cookie")) {
            case "cookie" -> Transport.COOKIE;
            case "body" -> Transport.BODY;
            default -> throw new RefusedException(Failure.INVALID_REQUEST, "refresh_transport is cookie or body");
        };
    }

    private static Optional<String> newPassword(Parameters parameters, Accounts accounts) throws RefusedException {
        if (parameters.get("new_password").isEmpty()) {
            return Optional.empty();
        }
        if (!accounts.keepsPasswords()) {
            throw new RefusedException(Failure.INVALID_REQUEST, "passwords are not changed here");
        }
        String password = password(parameters, "new_password");
        if (!Passwords.isLongEnough(password)) {
            throw new RefusedException(
                    Failure.INVALID_REQUEST, "new_password has less than " + Passwords.MIN_NEW + " characters");
        }
        if (parameters.get("password").equals(Optional.of(password))) {
            throw new RefusedException(Failure.INVALID_REQUEST, "new_password is the old one");
        }
        return Optional.of(password);
    }

    private static String password(Parameters parameters, String name) throws RefusedException {
        String password = parameters.must(name);
        if (!Passwords.isAllowed(password)) {
            throw new RefusedException(
                    Failure.INVALID_REQUEST,
                    name + " has more than " + Passwords.MAX_BYTES + " bytes, or one that is 0");
        }
        return password;
    }

    private static String text(String text, int maxLength) throws RefusedException {
        if (!Session.fits(text, maxLength)) {
            throw new RefusedException(Failure.INVALID_REQUEST);
        }
        return text;
    }
}
