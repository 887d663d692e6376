package io.mapae.example.demo;

import io.mapae.service.account.Bulkhead;
import io.mapae.service.jdbc.DataSources;
import io.mapae.service.jdbc.Database;
import io.mapae.service.jdbc.JdbcAccounts;
import io.mapae.service.jdbc.Schema;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Who may log in to the demonstration. */
public enum Account {
    /** Reads and writes. */
    ALICE("alice", Set.of("user"), false, "user"),
    /** Takes posts down, too. */
    BOB("bob", Set.of("user", "admin"), false, "user, admin"),
    /** Is kept out. */
    CAROL("carol", Set.of("user"), true, "disabled");

    /** Of each of them. */
    public static final String PASSWORD = "mapae-demo";

    private static final Set<String> SCOPES = Set.of("board:read", "board:write");

    private final String title;
    private final Set<String> roles;
    private final boolean disabled;
    private final String note;

    Account(String title, Set<String> roles, boolean disabled, String note) {
        this.title = title;
        this.roles = roles;
        this.disabled = disabled;
        this.note = note;
    }

    /** By which it logs in. */
    public String title() {
        return title;
    }

    /** What is special about it. */
    String note() {
        return note;
    }

    /** Has them all in the database before anybody else opens it. */
    public static void install(String url) throws IOException {
        try (Database database = DataSources.open(url, Optional.empty(), Optional.empty())) {
            Schema.apply(database);
            JdbcAccounts accounts = new JdbcAccounts(database, new Bulkhead(1), InstantSource.system());
            for (Account account : values()) {
                if (accounts.find(account.title).isEmpty()) {
                    accounts.add(account.stored(), PASSWORD);
                }
            }
        }
    }

    private io.mapae.service.account.Account stored() {
        return new io.mapae.service.account.Account(title, roles, SCOPES, disabled, false);
    }
}
