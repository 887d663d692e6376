package io.mapae.service.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mapae.service.account.Account;
import io.mapae.service.account.Bulkhead;
import io.mapae.service.account.Passwords;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Accounts from the command line. Passwords come from standard input, never from arguments, which everybody on the machine
 * can read; so do those of the database, from the environment.
 */
public final class AccountsCommand {
    static final String USAGE = """
            Usage: java -cp ... io.mapae.service.jdbc.AccountsCommand <JDBC URL> <command>
              add <name> [<role>...]       its password is read from standard input
              add-hashed <name> [<role>...]  the same, with a password that is hashed already: Argon2id, bcrypt, PBKDF2
              password <name>              another password, from standard input
              temporary <name>             the same, to be changed at the next login
              roles <name> [<role>...]     exactly these roles
              scopes <name> [<scope>...]   exactly these scopes
              disable <name>
              enable <name>
            Who connects to the database: MAPAE_DATABASE_USER, MAPAE_DATABASE_PASSWORD in the environment, if set.
            """;

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final JdbcAccounts accounts;
    private final InputStream in;

    private AccountsCommand(JdbcAccounts accounts, InputStream in) {
        this.accounts = accounts;
        this.in = in;
    }

    /** Exits with 0 if it did what it was told, with 1 if that was not possible, with 2 if it was told nothing sensible. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.in, System.err));
    }

    static int run(List<String> arguments, Map<String, String> environment, InputStream in, PrintStream err) {
        if (arguments.size() < 3) {
            err.print(USAGE);
            return MISUSED;
        }
        try (Database database = open(arguments.get(0), environment)) {
            Schema.apply(database); // accounts may come before the first start
            JdbcAccounts accounts = new JdbcAccounts(database, new Bulkhead(1), InstantSource.system());
            return new AccountsCommand(accounts, in).obey(arguments.subList(1, arguments.size()), err);
        } catch (IOException | IllegalArgumentException failure) {
            err.println(failure.getMessage());
            return FAILED;
        } catch (RuntimeException unusable) { // its message holds the URL
            err.println("the JDBC URL cannot be used; perhaps its driver is not on the class path");
            return FAILED;
        }
    }

    private static Database open(String url, Map<String, String> environment) {
        try {
            return DataSources.open(
                    url,
                    Optional.ofNullable(environment.get("MAPAE_DATABASE_USER")),
                    Optional.ofNullable(environment.get("MAPAE_DATABASE_PASSWORD")));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("the first argument " + wrong.getMessage(), wrong);
        }
    }

    private int obey(List<String> arguments, PrintStream err) throws IOException {
        String name = arguments.get(1);
        List<String> rest = arguments.subList(2, arguments.size());
        boolean takesMore = Set.of("add", "add-hashed", "roles", "scopes").contains(arguments.get(0));
        if (!rest.isEmpty() && !takesMore) {
            err.print(USAGE);
            return MISUSED;
        }
        Set<String> all = Set.copyOf(rest);
        return switch (arguments.get(0)) {
            case "add" -> told(accounts.add(account(name, all), read()), "there is such an account", err);
            case "add-hashed" -> told(accounts.addHashed(account(name, all), read()), "there is such an account", err);
            case "password" -> told(accounts.changePassword(name, read(), false), NO_ACCOUNT, err);
            case "temporary" -> told(accounts.changePassword(name, read(), true), NO_ACCOUNT, err);
            case "roles" -> told(accounts.assign(name, all), NO_ACCOUNT, err);
            case "scopes" -> told(accounts.allow(name, all), NO_ACCOUNT, err);
            case "disable" -> told(accounts.disable(name), NO_ACCOUNT, err);
            case "enable" -> told(accounts.enable(name), NO_ACCOUNT, err);
            default -> {
                err.print(USAGE);
                yield MISUSED;
            }
        };
    }

    private static final String NO_ACCOUNT = "there is no such account";

    private static Account account(String name, Set<String> roles) {
        return new Account(name, roles, Set.of(), false, false);
    }

    private static int told(boolean done, String otherwise, PrintStream err) {
        if (!done) {
            err.println(otherwise);
        }
        return done ? DONE : FAILED;
    }

    /** All there is, but for one line end after it. */
    private String read() throws IOException {
        byte[] bytes = in.readNBytes(Passwords.MAX_BYTES + 3);
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException other) {
            throw new IllegalArgumentException("the password is not in UTF-8", other);
        }
        String line = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
