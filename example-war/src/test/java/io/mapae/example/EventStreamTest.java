package io.mapae.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.identity.Caller;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that reads, one that does not, and one that is gone. */
class EventStreamTest {
    private static final BoardNews.Event EVENT = new BoardNews.Event("event: x\n\n", "{}");

    private final Board board = Board.open(Optional.empty(), InstantSource.system());
    private final BoardNews news = new BoardNews(board);
    private final AtomicInteger completed = new AtomicInteger();
    private final Client client = new Client();
    private final EventStream stream = new EventStream(async(), client, guest(), news);

    /** What the container does for it. */
    private static final class Client extends ServletOutputStream {
        private final StringBuilder read = new StringBuilder();
        private boolean ready = true;
        private boolean gone;
        private int flushed;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener listener) {}

        @Override
        public void write(int octet) throws IOException {
            if (gone) {
                throw new IOException("gone");
            }
            read.append((char) octet);
        }

        @Override
        public void flush() {
            flushed++;
        }
    }

    private AsyncContext async() {
        return (AsyncContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("complete")) {
                        completed.incrementAndGet();
                    }
                    return null;
                });
    }

    private static Guest guest() {
        Caller caller = (Caller) Proxy.newProxyInstance(
                EventStreamTest.class.getClassLoader(),
                new Class<?>[] {Caller.class},
                (proxy, method, arguments) -> "alice");
        return new Guest(caller, good -> true);
    }

    @BeforeEach
    void start() {
        stream.start();
    }

    @AfterEach
    void close() {
        news.close();
        board.close();
    }

    @Test
    void nothingIsWrittenBeforeTheServerSaysSo() {
        stream.beat();
        assertThat(client.read).isEmpty();
        stream.onWritePossible();
        assertThat(client.read).hasToString(":\n\n");
        assertThat(client.flushed).isEqualTo(1);
        stream.tell(EVENT);
        assertThat(client.read).hasToString(":\n\nevent: x\n\n");
        assertThat(client.flushed).isEqualTo(2);
    }

    @Test
    void whatWaitsIsWrittenAtOnceAndFlushedOnce() {
        stream.onWritePossible();
        client.ready = false;
        stream.tell(EVENT);
        stream.tell(EVENT);
        assertThat(client.read).isEmpty();
        client.ready = true;
        stream.onWritePossible();
        assertThat(client.read).hasToString("event: x\n\nevent: x\n\n");
        assertThat(client.flushed).isEqualTo(1);
    }

    @Test
    void whoDoesNotReadIsDropped() {
        client.ready = false;
        for (int i = 0; i < EventStream.MAX_WAITING; i++) {
            stream.tell(EVENT);
        }
        assertThat(completed).hasValue(0);
        stream.tell(EVENT);
        assertThat(completed).hasValue(1);
        stream.tell(EVENT);
        stream.end();
        assertThat(completed).hasValue(1);
    }

    @Test
    void whoIsGoneIsDropped() {
        stream.onWritePossible();
        client.gone = true;
        stream.tell(EVENT);
        assertThat(completed).hasValue(1);
    }

    @Test
    void anErrorEndsIt() {
        stream.onError(new IOException("reset"));
        assertThat(completed).hasValue(1);
        stream.tell(EVENT);
        stream.onWritePossible();
        assertThat(client.read).isEmpty();
    }
}
