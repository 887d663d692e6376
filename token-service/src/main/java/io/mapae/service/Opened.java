package io.mapae.service;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened and is to be closed, the latest first, whatever fails. For one thread at a time. */
final class Opened implements AutoCloseable {
    private static final Logger LOG = System.getLogger("io.mapae.service");

    private final Deque<AutoCloseable> all = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T opened) {
        all.push(opened);
        return opened;
    }

    @Override
    public void close() {
        while (!all.isEmpty()) {
            try {
                all.pop().close();
            } catch (Exception | LinkageError failed) {
                LOG.log(Level.WARNING, "Something was not closed: {0}", failed.getClass());
            }
        }
    }
}
