package io.mapae.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.example.BoardNews.Event;
import io.mapae.example.BoardNews.Listener;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoardNewsTest {
    private final Board board = Board.open(Optional.empty());
    private final BoardNews news = new BoardNews(board);

    @AfterEach
    void close() {
        news.close();
        board.close();
    }

    /** Writes down what it is told. */
    private final class Ear implements Listener {
        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final Instant until;

        Ear(Instant until) {
            this.until = until;
        }

        @Override
        public void tell(Event event) {
            heard.add(event.type() + event.data());
        }

        @Override
        public void beat() {}

        @Override
        public void end() {
            news.leave(this);
            heard.add("end");
        }

        @Override
        public Instant until() {
            return until;
        }

        String next() throws InterruptedException {
            return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void tellsWhatHappensFromNowOn() throws Exception {
        Post earlier = board.add("alice", "earlier");
        Ear ear = new Ear(Instant.MAX);
        assertThat(news.listen(ear)).isTrue();
        board.remove(earlier.id());
        assertThat(ear.next()).isEqualTo("removed{\"id\":" + earlier.id() + "}");
        Post post = board.add("alice", "now");
        assertThat(ear.next()).isEqualTo("post" + post.json());
    }

    /** What happened while nobody listened is no news. */
    @Test
    void listensAnewAfterAPause() throws Exception {
        Ear first = new Ear(Instant.MAX);
        news.listen(first);
        news.leave(first);
        board.add("alice", "unheard");
        Ear second = new Ear(Instant.MAX);
        news.listen(second);
        Post post = board.add("alice", "heard");
        assertThat(second.next()).isEqualTo("post" + post.json());
        assertThat(first.heard).isEmpty();
    }

    @Test
    void endsThemInTime() throws Exception {
        Ear brief = new Ear(Instant.now());
        Ear lasting = new Ear(Instant.MAX);
        news.listen(brief);
        news.listen(lasting);
        assertThat(brief.next()).isEqualTo("end");
        assertThat(lasting.heard).isEmpty();
    }

    @Test
    void takesSoManyAndThenNoMore() {
        for (int i = 0; i < BoardNews.MAX_LISTENERS; i++) {
            assertThat(news.listen(new Ear(Instant.MAX))).isTrue();
        }
        assertThat(news.listen(new Ear(Instant.MAX))).isFalse();
    }

    @Test
    void closedItEndsAllAndTakesNone() throws Exception {
        Ear ear = new Ear(Instant.MAX);
        news.listen(ear);
        news.close();
        assertThat(ear.next()).isEqualTo("end");
        assertThat(news.listen(new Ear(Instant.MAX))).isFalse();
    }
}
