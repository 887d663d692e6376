package io.mapae.service.session;

import java.util.Optional;

class MemorySessionsTest extends SessionStoreContract {
    private final MemorySessions store = new MemorySessions();

    @Override
    protected SessionStore open() {
        return store;
    }

    @Override
    protected void close() {}

    @Override
    protected Optional<Denial> denial(String kind, String denied) {
        return store.denied(kind, denied).map(until -> new Denial(until, Optional.empty()));
    }
}
