package io.mapae.redis;

import io.mapae.revocation.RevocationProvider;
import io.mapae.revocation.RevocationSource;
import java.util.Set;

/** Reads what is denied where {@code revocation=redis:…}. */
public final class RedisRevocationProvider implements RevocationProvider {
    @Override
    public Set<String> names() {
        return Set.of("redis", "rediss");
    }

    @Override
    public RevocationSource open(String location) {
        Redis redis = Redis.open(location);
        return new RedisRevocationSource(redis, redis::close);
    }
}
