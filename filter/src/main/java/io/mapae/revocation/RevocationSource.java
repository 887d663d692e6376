package io.mapae.revocation;

import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Where revocations are written down. It is read over and over by one thread, and may tell of news in between; nothing is
 * asked of it on behalf of a request.
 */
public interface RevocationSource extends AutoCloseable {
    /**
     * Begins to hand on each revocation when it happens, if it can; what gets lost that way is found by the next reading.
     * Called once, before the first reading; must return at once, and do without a connection for now.
     *
     * @param news takes them from any thread, any number of times, in any order
     */
    default void listen(Consumer<? super Revocation> news) {}

    /**
     * Reads every revocation that was noted at {@code since} or later and has not run out; earlier ones do no harm. May
     * block for some seconds; until it is back, no other reading begins.
     *
     * @param since a minute before what was read last, as transactions end late and clocks differ; {@link Instant#EPOCH}
     *     for everything
     * @throws IOException if it cannot be read, with a message for the log, in words that hold no secret; what was found
     *     before counts, and it is read again after a while
     */
    void read(Instant since, Consumer<? super Revocation> found) throws IOException;

    /** Lets go of connections and threads. Called once, perhaps while a reading still hangs. */
    @Override
    void close();
}
