package io.mapae.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.example.BoardNews.Event;
import io.mapae.example.BoardNews.Listener;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoardNewsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String BEAT = "beat";
    private static final String END = "end";

    private final Board board = Board.open(Optional.empty(), InstantSource.fixed(NOW));
    private final BoardNews news = new BoardNews(board);

    @AfterEach
    void close() {
        news.close();
        board.close();
    }

    /** Writes down what it is told. */
    private class Ear implements Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final String owner;
        private volatile boolean over;

        Ear(String owner) {
            this.owner = owner;
        }

        Ear() {
            this("alice");
        }

        @Override
        public void tell(Event event) {
            heard.add(event.message());
        }

        @Override
        public void beat() {
            heard.add(BEAT);
        }

        @Override
        public void end() {
            news.leave(this);
            heard.add(END);
        }

        @Override
        public String owner() {
            return owner;
        }

        @Override
        public boolean isOver() {
            return over;
        }

        String next() throws InterruptedException {
            return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
        }
    }

    private static String told(Post post) {
        return "{\"type\":\"post\",\"post\":" + post.json() + "}";
    }

    /** It listens, and is told. */
    private Ear listening() throws InterruptedException {
        Ear ear = new Ear();
        assertThat(news.listen(ear)).isTrue();
        assertThat(ear.next()).isEqualTo(BEAT);
        return ear;
    }

    @Test
    void tellsWhatHappensFromTheFirstBeatOn() throws Exception {
        Post earlier = board.add("alice", "earlier");
        Ear ear = listening();
        board.remove(earlier.id());
        assertThat(ear.next()).isEqualTo("{\"type\":\"removed\",\"id\":" + earlier.id() + "}");
        Post post = board.add("alice", "now");
        assertThat(ear.next()).isEqualTo(told(post));
        assertThat(post.at()).isEqualTo(NOW);
    }

    /** What happened while nobody listened is no news. */
    @Test
    void listensAnewAfterAPause() throws Exception {
        Ear first = listening();
        news.leave(first);
        board.add("alice", "unheard");
        Ear second = listening();
        Post post = board.add("alice", "heard");
        assertThat(second.next()).isEqualTo(told(post));
        assertThat(first.heard).isEmpty();
    }

    @Test
    void endsThoseWhoseTokenIsGoodNoLonger() throws Exception {
        Ear ear = listening();
        Ear lasting = listening();
        ear.over = true;
        assertThat(ear.next()).isEqualTo(END);
        Post post = board.add("alice", "later");
        assertThat(lasting.next()).isEqualTo(told(post));
        assertThat(ear.heard).isEmpty();
    }

    @Test
    void oneThatIsBrokenIsNobodyElsesAffair() throws Exception {
        Ear broken = new Ear() {
            @Override
            public void tell(Event event) {
                super.tell(event);
                throw new IllegalStateException("closed");
            }
        };
        news.listen(broken);
        assertThat(broken.next()).isEqualTo(BEAT);
        Ear ear = listening();
        Post one = board.add("alice", "one");
        assertThat(ear.next()).isEqualTo(told(one));
        assertThat(broken.next()).isEqualTo(told(one));
        Post two = board.add("alice", "two");
        assertThat(ear.next()).isEqualTo(told(two));
        assertThat(broken.heard).isEmpty();
    }

    @Test
    void takesSoManyAndThenNoMore() {
        for (int i = 0; i < BoardNews.MAX_LISTENERS; i++) {
            assertThat(news.listen(new Ear("user " + i))).isTrue();
        }
        assertThat(news.listen(new Ear("another"))).isFalse();
    }

    @Test
    void takesSoManyOfOneOwner() throws Exception {
        for (int i = 1; i < BoardNews.MAX_OF_ONE; i++) {
            assertThat(news.listen(new Ear())).isTrue();
        }
        Ear last = listening();
        assertThat(news.listen(new Ear())).isFalse();
        assertThat(news.listen(new Ear("bob"))).isTrue();
        news.leave(last);
        assertThat(news.listen(new Ear())).isTrue();
    }

    @Test
    void closedItEndsAllAndTakesNone() throws Exception {
        Ear ear = listening();
        news.close();
        assertThat(ear.next()).isEqualTo(END);
        assertThat(news.listen(new Ear())).isFalse();
    }
}
