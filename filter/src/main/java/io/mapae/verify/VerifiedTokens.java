package io.mapae.verify;

import io.mapae.jws.SignedToken;
import io.mapae.jws.TokenPrint;
import io.mapae.jws.TokenReader;
import io.mapae.jws.VerificationKey;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that were verified of late, so that nobody has to check a signature or read claims again that are known: a table
 * of small groups, in each of which whoever was not asked for of late makes room. Found by the end of their signatures, so
 * that a text costs one comparison at the most, whoever chose it. Safe for use by several threads, none of which waits.
 */
final class VerifiedTokens implements VerifiedTokensMXBean {
    private static final int GROUP = 8;

    /** Groups that are full by chance, while others are empty, would turn out what there is room for. */
    private static final int PLACES_PER_TOKEN = 2;

    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L; // 2^64 divided by the golden ratio

    private final TokenReader reader;
    private final CacheSize size;
    private final AtomicReferenceArray<@Nullable KnownToken> places;
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger hand = new AtomicInteger();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    VerifiedTokens(CacheSize size, TokenReader reader) {
        this.reader = reader;
        this.size = size;
        long fitting = Math.min(size.tokens(), size.bytes() / KnownToken.LEAST_BYTES);
        int groups = (int) ((fitting * PLACES_PER_TOKEN + GROUP - 1) / GROUP);
        this.places = new AtomicReferenceArray<>(groups * GROUP);
    }

    /** The token that is the end of {@code text}, if it is known, and good now but for revocation; else it is forgotten. */
    Optional<KnownToken> find(String text, int from, Instant now) {
        if (places.length() == 0) {
            return Optional.empty();
        }
        KnownToken known = known(TokenPrint.tail(text));
        if (known == null || !reader.recognises(known.print(), text, from)) {
            misses.increment();
            return Optional.empty();
        }
        if (!known.isGoodAt(now)) {
            misses.increment();
            remove(known);
            return Optional.empty();
        }
        hits.increment();
        known.use();
        return Optional.of(known);
    }

    private @Nullable KnownToken known(long tail) {
        int group = group(tail);
        for (int place = group; place < group + GROUP; place++) {
            KnownToken known = places.get(place);
            if (known != null && known.print().tail() == tail) {
                return known;
            }
        }
        return null;
    }

    private int group(long tail) {
        long groups = places.length() / GROUP;
        return (int) ((((tail * SPREAD) >>> Integer.SIZE) * groups) >>> Integer.SIZE) * GROUP;
    }

    /** Knows {@code token} from now on, which is good now, {@code issuer}'s, and verified with {@code key}. */
    void add(SignedToken token, Issuer issuer, VerificationKey key, Verdict.Accepted verdict) {
        if (places.length() > 0) {
            add(new KnownToken(reader.print(token), issuer, key, verdict));
        }
    }

    /** Of two threads that want the same place at once, one has its token forgotten. */
    private void add(KnownToken token) {
        if (token.bytes() > size.bytes()) {
            return;
        }
        int place = placeFor(token.print().tail());
        exchange(place, places.get(place), token);
        // Twice round, as the first time may find everybody wanted; not for ever, as others may be about to count
        // theirs.
        for (int i = 0; i < places.length() && (tokens.get() > size.tokens() || bytes.get() > size.bytes()); i++) {
            makeRoom(Math.floorMod(hand.getAndIncrement(), places.length() / GROUP) * GROUP, token);
        }
    }

    /** Its own, if it is known already, else a free one, else that of whoever was not asked for of late. */
    private int placeFor(long tail) {
        int group = group(tail);
        int free = -1;
        for (int place = group; place < group + GROUP; place++) {
            KnownToken known = places.get(place);
            if (known == null) {
                free = place;
            } else if (known.print().tail() == tail) {
                return place;
            }
        }
        return free >= 0 ? free : unwanted(group, null).orElse(group);
    }

    /** Where everybody in a group is wanted still, nobody goes: the next group is asked. */
    private void makeRoom(int group, KnownToken newest) {
        unwanted(group, newest).ifPresent(place -> exchange(place, places.get(place), null));
    }

    /** The place of the first one that was not asked for since somebody looked here last. */
    private OptionalInt unwanted(int group, @Nullable KnownToken except) {
        for (int place = group; place < group + GROUP; place++) {
            KnownToken known = places.get(place);
            if (known != null && known != except && !known.isWantedStill()) {
                return OptionalInt.of(place);
            }
        }
        return OptionalInt.empty();
    }

    private void remove(KnownToken known) {
        int group = group(known.print().tail());
        for (int place = group; place < group + GROUP; place++) {
            if (places.get(place) == known) {
                exchange(place, known, null);
            }
        }
    }

    private void exchange(int place, @Nullable KnownToken old, @Nullable KnownToken next) {
        if (places.compareAndSet(place, old, next)) {
            account(old, -1);
            account(next, 1);
        }
    }

    private void account(@Nullable KnownToken token, int sign) {
        if (token != null) {
            tokens.addAndGet(sign);
            bytes.addAndGet(sign * token.bytes());
        }
    }

    @Override
    public void forgetAll() {
        for (int place = 0; place < places.length(); place++) {
            exchange(place, places.get(place), null);
        }
    }

    @Override
    public int getTokens() {
        return tokens.get();
    }

    @Override
    public int getMaxTokens() {
        return size.tokens();
    }

    @Override
    public long getBytes() {
        return bytes.get();
    }

    @Override
    public long getMaxBytes() {
        return size.bytes();
    }

    @Override
    public long getHits() {
        return hits.sum();
    }

    @Override
    public long getMisses() {
        return misses.sum();
    }

    @Override
    public String toString() {
        return "VerifiedTokens[" + tokens + "]";
    }
}
