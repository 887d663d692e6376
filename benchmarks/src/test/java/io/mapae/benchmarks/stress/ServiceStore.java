package io.mapae.benchmarks.stress;

import io.mapae.redis.TestRedis;
import io.mapae.revocation.RevocationProvider;
import io.mapae.service.jdbc.TestDatabase;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** Where the nodes of a scenario keep things: a real server. */
enum ServiceStore {
    POSTGRESQL(Duration.ofSeconds(5), 600) {
        @Override
        void pause() {
            TestDatabase.POSTGRESQL.pause();
        }

        @Override
        void resume() {
            TestDatabase.POSTGRESQL.resume();
        }
    },
    /** Accounts and keys in PostgreSQL, all else in Redis. */
    REDIS(Duration.ofSeconds(1), 1200) {
        @Override
        Map<String, String> settings(String database) {
            Map<String, String> settings = super.settings(database);
            settings.put("service.store", "redis");
            settings.put("service.redis", TestRedis.uri());
            boolean heard = ServiceLoader.load(RevocationProvider.class).stream()
                    .anyMatch(provider -> provider.get().names().contains("redis"));
            settings.remove("revocation");
            if (heard) {
                settings.put("revocation", TestRedis.uri());
            }
            return settings;
        }

        @Override
        void pause() {
            TestRedis.pause();
        }

        @Override
        void resume() {
            TestRedis.resume();
        }
    };

    /** Within which a revocation is known everywhere. */
    final Duration notice;

    /** How many refreshes a second there are at least, on JDK 25. */
    final long refreshes;

    ServiceStore(Duration notice, long refreshes) {
        this.notice = notice;
        this.refreshes = refreshes;
    }

    /** It keeps its connections, but answers nothing. */
    abstract void pause();

    abstract void resume();

    /** Those of its nodes, with {@code revocation} if they can hear of it. */
    Map<String, String> settings(String database) {
        return new HashMap<>(Map.of("service.datasource", database, "revocation", database));
    }
}
