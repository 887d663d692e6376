package io.mapae.service.throttle;

import io.mapae.service.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes guesses wait: those at one account, whether it exists or not, and those from one source. An attempt is counted
 * before anything is computed, so that many at once are no more than many in a row. Safe for use by several threads, and by
 * several nodes at once.
 */
public final class Throttle {
    private static final Logger LOG = System.getLogger("io.mapae.service.throttle");

    private final AttemptStore store;
    private final InstantSource clock;
    private final int perAccount;
    private final int perSource;

    /**
     * @param perAccount how many failures for an account are free, at least 1
     * @param perSource how many failures from a source are free, at least 1
     */
    public Throttle(AttemptStore store, InstantSource clock, int perAccount, int perSource) {
        this.store = store;
        this.clock = clock;
        this.perAccount = new Ladder(perAccount).limit();
        this.perSource = new Ladder(perSource).limit();
    }

    /**
     * Whether a password may be tried now. What is refused counts nowhere.
     *
     * @param account the name exactly as it was sent
     * @param address the client's; all of an IPv6 network of 64 bits are one source
     */
    public Permission ask(String account, String address) throws StoreException {
        Counter ofAccount = Counter.of("account:" + account, perAccount, store, clock);
        Counter ofSource = Counter.of(
                "source:" + Address.of(address).map(Address::network).orElse(address), perSource, store, clock);
        // Before anything is written: an account under attack is asked for often.
        Duration delay = ofAccount.delay();
        if (!delay.isZero()) {
            return new Permission.Refused(delay);
        }
        // The source first: whoever is refused as one leaves no trace, not for a moment, at others' accounts.
        Counter.Outcome source = ofSource.reserve();
        if (source.reservation().isEmpty()) {
            return new Permission.Refused(source.delay());
        }
        Counter.Outcome name = ofAccount.reserve(); // if that fails, nobody waits once more to take the source's back
        if (name.reservation().isEmpty()) {
            ofSource.takeBack(source.reservation().get());
            return new Permission.Refused(name.delay());
        }
        return new Counted(
                ofAccount,
                name.reservation().get(),
                ofSource,
                source.reservation().get());
    }

    private record Counted(
            Counter account,
            Counter.Reservation ofAccount,
            Counter source,
            Counter.Reservation ofSource,
            AtomicBoolean isTakenBack)
            implements Permission.Granted {
        Counted(Counter account, Counter.Reservation ofAccount, Counter source, Counter.Reservation ofSource) {
            this(account, ofAccount, source, ofSource, new AtomicBoolean());
        }

        @Override
        public void takeBack() throws StoreException {
            if (isTakenBack.getAndSet(true)) {
                return;
            }
            try {
                account.takeBack(ofAccount);
                source.takeBack(ofSource);
            } catch (StoreException outOfReach) {
                LOG.log(Level.WARNING, "A login counts as a failed one: {0}", outOfReach.getMessage());
                throw outOfReach;
            }
        }
    }
}
