package io.mapae.jws;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Room for texts that may be tokens, so that none is allocated for each request; without thread locals, which would hold an
 * undeployed application's class loader, and be as many as there are virtual threads. Safe for use by several threads, none of
 * which waits.
 */
final class TokenTexts {
    private static final int PLACES_PER_PROCESSOR = 4;

    /** Three bytes a character are kept in each place, which longer texts are not worth. */
    private static final int MAX_ROOM = 16_384;

    private final int room;
    private final AtomicReferenceArray<@Nullable TokenText> idle;

    /** @param room how long nearly all texts are at the most, in characters */
    TokenTexts(int room) {
        this.room = Math.min(room, MAX_ROOM);
        this.idle = new AtomicReferenceArray<>(
                Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * PLACES_PER_PROCESSOR));
    }

    /** The end of {@code text}; to be closed. Of one that is longer than the others may be, the room is not kept. */
    TokenText open(String text, int from) {
        int length = text.length() - from;
        TokenText free = length > room ? new TokenText(length, used -> {}) : idle.getAndSet(place(), null);
        return (free == null ? new TokenText(room, this::takeBack) : free).hold(text, from);
    }

    private void takeBack(TokenText text) {
        idle.set(place(), text);
    }

    private int place() {
        return (int) Thread.currentThread().getId() & (idle.length() - 1);
    }
}
