package io.mapae.service.throttle;

import java.time.InstantSource;

class MemoryAttemptsTest extends AttemptStoreContract {
    @Override
    protected AttemptStore store(InstantSource clock) {
        return new MemoryAttempts(clock);
    }
}
