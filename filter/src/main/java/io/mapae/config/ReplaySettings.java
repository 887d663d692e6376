package io.mapae.config;

import io.mapae.replay.JdbcReplayStore;
import io.mapae.replay.MemoryReplayStore;
import io.mapae.replay.ReplayStore;
import io.mapae.replay.ReplayStores;
import java.time.InstantSource;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The setting that says where it is noted what was used. */
record ReplaySettings(Values values, ClassLoader classes, InstantSource clock) {
    private static final String MEMORY = "memory";

    /** The store; empty after a problem. */
    Optional<ReplayStore> store() {
        return values.get(Settings.REPLAY_STORE).flatMap(this::store);
    }

    private Optional<ReplayStore> store(String location) {
        if (location.equals(MEMORY)) {
            return Optional.of(new MemoryReplayStore(clock));
        }
        try {
            Optional<ReplayStore> database =
                    JdbcReplayStore.at(location, classes, clock).map(store -> store);
            return database.isPresent() ? database : elsewhere(location);
        } catch (IllegalArgumentException unusable) {
            values.problem(Settings.REPLAY_STORE, String.valueOf(unusable.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<ReplayStore> elsewhere(String location) {
        try {
            for (ReplayStores stores : ServiceLoader.load(ReplayStores.class, classes)) {
                Optional<ReplayStore> store = stores.open(location, clock);
                if (store.isPresent()) {
                    return store;
                }
            }
            values.problem(
                    Settings.REPLAY_STORE,
                    "expected memory, java:..., jdbc:..., or what a service " + ReplayStores.class.getName() + " opens"
                            + (location.startsWith("redis") ? " (mapae-token-store-redis has one)" : ""));
        } catch (ServiceConfigurationError unusable) {
            values.problem(Settings.REPLAY_STORE, "the service " + ReplayStores.class.getName() + " cannot be loaded");
        } catch (IllegalArgumentException unfit) {
            values.problem(Settings.REPLAY_STORE, "expected " + unfit.getMessage());
        }
        return Optional.empty();
    }
}
