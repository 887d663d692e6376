package io.mapae.service.key;

import io.mapae.service.StoreException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store in memory that can be out of reach. */
final class MemoryKeys implements SigningKeyStore {
    final Map<Long, StoredKey> rows = new ConcurrentSkipListMap<>();
    volatile boolean down;

    /** The key of the first generation, which must be there. */
    StoredKey first() {
        return Objects.requireNonNull(rows.get(0L));
    }

    @Override
    public List<StoredKey> all() throws StoreException {
        demandUp();
        return List.copyOf(rows.values());
    }

    @Override
    public boolean add(StoredKey key) throws StoreException {
        demandUp();
        return rows.putIfAbsent(key.generation(), key) == null;
    }

    @Override
    public void remove(Collection<Long> generations) throws StoreException {
        demandUp();
        generations.forEach(rows::remove);
    }

    private void demandUp() throws StoreException {
        if (down) {
            throw new StoreException("down", new IOException());
        }
    }
}
