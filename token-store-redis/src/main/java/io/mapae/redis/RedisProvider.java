package io.mapae.redis;

import io.mapae.service.StoreException;
import io.mapae.service.Stores;
import java.time.InstantSource;

/** Opens the stores where {@code service.store=redis}. */
public final class RedisProvider implements Stores.Provider {
    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Stores open(String address, InstantSource clock) throws StoreException {
        return RedisStores.open(address);
    }
}
