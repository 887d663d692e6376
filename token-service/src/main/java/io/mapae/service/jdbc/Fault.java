package io.mapae.service.jdbc;

import java.sql.SQLException;
import java.util.Set;

/** What is wrong with a database. Only codes are read and told: messages of drivers may hold what was stored. */
enum Fault {
    REFUSED("the database refuses this user or password", true),
    NO_DATABASE("there is no such database", true),
    /** H2 alone is made by the application, unless {@code IFEXISTS} keeps it from that. */
    NO_FILE("there is no such H2 database: start the application once, or correct the address", true),
    IN_USE("the H2 file is open in another process", false),
    UNREACHABLE("nothing answers at the address of the database, or not in time", false),
    NO_TABLES("the tables of Mapae are missing or may not be used", false),
    OTHER("the database does not answer", false);

    /** PostgreSQL: undefined table, insufficient privilege. H2: table not found, thrice; not enough rights. */
    private static final Set<String> STATES_OF_TABLES = Set.of("42P01", "42501", "42S02", "42S03", "42S04", "90096");

    /** MariaDB, under the state 42000: denied for a table, for a column of it. */
    private static final Set<Integer> CODES_OF_TABLES = Set.of(1142, 1143);

    /** MariaDB, under the state 42000: access to the database denied, which it also says of one that is not there. */
    private static final int DENIED = 1044;

    /** MariaDB, under the state 42000. */
    private static final int UNKNOWN_DATABASE = 1049;

    private final String text;
    private final boolean isFinal;

    Fault(String text, boolean isFinal) {
        this.text = text;
        this.isFinal = isFinal;
    }

    /** Whether waiting does not help, as only somebody who changes something does. */
    static boolean isFinal(SQLException failure) {
        return of(telling(failure)).isFinal;
    }

    /** For whoever operates it. */
    static String message(SQLException failure) {
        SQLException telling = telling(failure);
        return of(telling).text + " (SQLState " + telling.getSQLState() + ")";
    }

    /** Pools pack what the driver said into an exception of theirs, some without its codes. */
    private static SQLException telling(SQLException failure) {
        for (Throwable each : failure) {
            if (each instanceof SQLException one && of(one) != OTHER) {
                return one;
            }
        }
        return failure;
    }

    private static Fault of(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        int code = failure.getErrorCode();
        if (state.startsWith("28") || (state.equals("42000") && code == DENIED)) {
            return REFUSED;
        }
        if (state.startsWith("3D") || state.equals("90149") || (state.equals("42000") && code == UNKNOWN_DATABASE)) {
            return NO_DATABASE;
        }
        if (state.startsWith("08")) {
            return UNREACHABLE;
        }
        if (STATES_OF_TABLES.contains(state) || (state.equals("42000") && CODES_OF_TABLES.contains(code))) {
            return NO_TABLES;
        }
        return switch (state) {
            case "90146" -> NO_FILE;
            case "90020" -> IN_USE;
            default -> OTHER;
        };
    }
}
