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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

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
              remove <name>                with its roles and sessions
              list                         name, roles, scopes, enabled or disabled, must-change
            Who connects to the database: MAPAE_DATABASE_USER, MAPAE_DATABASE_PASSWORD in the environment, if set.
            """;

    private static final String NO_TABLES =
            "no tables of Mapae in that database: start the application once, or correct the address";

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    /** How many names follow it, and what is said when it is done. */
    private enum Command {
        ADD(1, Integer.MAX_VALUE, "added"),
        ADD_HASHED(1, Integer.MAX_VALUE, "added"),
        PASSWORD(1, 1, "password changed"),
        TEMPORARY(1, 1, "password changed, until the next login"),
        ROLES(1, Integer.MAX_VALUE, "roles changed"),
        SCOPES(1, Integer.MAX_VALUE, "scopes changed"),
        DISABLE(1, 1, "disabled"),
        ENABLE(1, 1, "enabled"),
        REMOVE(1, 1, "removed"),
        LIST(0, 0, "");

        private final int min;
        private final int max;
        private final String done;

        Command(int min, int max, String done) {
            this.min = min;
            this.max = max;
            this.done = done;
        }

        static Optional<Command> of(List<String> words) {
            return Arrays.stream(values())
                    .filter(command -> !words.isEmpty() && command.word().equals(words.get(0)))
                    .filter(command -> words.size() > command.min && words.size() - 1 <= command.max)
                    .findFirst();
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Held, as loggers that nobody holds forget their level. */
    private static final List<Logger> TALKATIVE = List.of(Logger.getLogger("io.mapae"), Logger.getLogger("com.zaxxer"));

    private final JdbcAccounts accounts;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    private AccountsCommand(JdbcAccounts accounts, InputStream in, PrintStream out, PrintStream err) {
        this.accounts = accounts;
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Exits with 0 if it did what it was told, with 1 if that was not possible, with 2 if it was told nothing sensible. */
    public static void main(String[] arguments) {
        silence();
        System.exit(run(List.of(arguments), System.getenv(), System.in, System.out, System.err));
    }

    /** SLF4J, which the pool logs by, tells at length that nobody listens. */
    private static void silence() {
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
    }

    static int run(
            List<String> arguments, Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
        List<String> words = arguments.subList(Math.min(1, arguments.size()), arguments.size());
        Optional<Command> command = Command.of(words);
        if (command.isEmpty()) {
            err.print(USAGE);
            return MISUSED;
        }
        try (Database database = open(arguments.get(0), environment)) {
            if (!Schema.isThere(database)) {
                err.println(NO_TABLES);
                return FAILED;
            }
            JdbcAccounts accounts = new JdbcAccounts(database, new Bulkhead(1), InstantSource.system());
            return new AccountsCommand(accounts, in, out, err).obey(command.get(), words.subList(1, words.size()));
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
                    existing(url),
                    Optional.ofNullable(environment.get("MAPAE_DATABASE_USER")),
                    Optional.ofNullable(environment.get("MAPAE_DATABASE_PASSWORD")));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("the first argument " + wrong.getMessage(), wrong);
        }
    }

    /** H2 alone would make a database that is not there. */
    private static String existing(String url) {
        boolean makesIt =
                url.startsWith("jdbc:h2:") && !url.toUpperCase(Locale.ROOT).contains(";IFEXISTS=");
        return makesIt ? url + ";IFEXISTS=TRUE" : url;
    }

    private int obey(Command command, List<String> names) throws IOException {
        if (command == Command.LIST) {
            accounts.all().forEach(account -> out.println(line(account)));
            return DONE;
        }
        String name = names.get(0);
        if (!isDone(command, name, Set.copyOf(names.subList(1, names.size())))) {
            boolean adds = command == Command.ADD || command == Command.ADD_HASHED;
            err.println(adds ? "there is such an account" : "there is no such account");
            return FAILED;
        }
        out.println(name + ": " + command.done);
        return DONE;
    }

    private boolean isDone(Command command, String name, Set<String> all) throws IOException {
        return switch (command) {
            case ADD -> accounts.add(account(name, all), chosen());
            case ADD_HASHED -> accounts.addHashed(account(name, all), read());
            case PASSWORD -> accounts.changePassword(name, chosen(), false);
            case TEMPORARY -> accounts.changePassword(name, chosen(), true);
            case ROLES -> accounts.assign(name, all);
            case SCOPES -> accounts.allow(name, all);
            case DISABLE -> accounts.disable(name);
            case ENABLE -> accounts.enable(name);
            case REMOVE -> accounts.remove(name);
            case LIST -> false; // nobody is changed
        };
    }

    private static Account account(String name, Set<String> roles) {
        return new Account(name, roles, Set.of(), false, false);
    }

    /** Columns between tabs, which no name has. */
    private static String line(Account account) {
        return String.join(
                "\t",
                account.name(),
                listed(account.roles()),
                listed(account.scopes()),
                account.disabled() ? "disabled" : "enabled",
                account.mustChange() ? "must-change" : "-");
    }

    private static String listed(Set<String> all) {
        return all.isEmpty() ? "-" : String.join(",", new TreeSet<>(all));
    }

    /** As the endpoint wants new ones. */
    private String chosen() throws IOException {
        String password = read();
        if (!Passwords.isLongEnough(password)) {
            throw new IllegalArgumentException("the password has less than " + Passwords.MIN_NEW + " characters");
        }
        return password;
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
