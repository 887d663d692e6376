package io.mapae.redis;

import io.mapae.replay.ReplayStore;
import io.mapae.replay.ReplayStores;
import java.time.InstantSource;
import java.util.Optional;

/** Opens the store where {@code replay-store=redis:…}. */
public final class RedisReplayStores implements ReplayStores {
    @Override
    public Optional<ReplayStore> open(String location, InstantSource clock) {
        return location.startsWith("redis:") || location.startsWith("rediss:")
                ? Optional.of(new RedisReplayStore(Redis.open(location), clock))
                : Optional.empty();
    }
}
