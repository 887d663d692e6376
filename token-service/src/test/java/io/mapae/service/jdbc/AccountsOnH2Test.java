package io.mapae.service.jdbc;

import org.junit.jupiter.api.AfterEach;

class AccountsOnH2Test extends JdbcAccountsContract {
    private final MemoryDatabase memory;

    AccountsOnH2Test() throws Exception {
        memory = new MemoryDatabase();
    }

    @Override
    protected Database database() {
        return memory.database;
    }

    @AfterEach
    void close() throws Exception {
        memory.close();
    }
}
