package io.mapae.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoardTest {
    @Test
    void inAFileItLivesOn(@TempDir Path directory) {
        Optional<String> url = Optional.of("jdbc:h2:file:" + directory.resolve("board"));
        Post post;
        try (Board board = Board.open(url, InstantSource.system())) {
            post = board.add("alice", "still there");
            assertThat(board.remove(board.add("alice", "gone").id())).isTrue();
        }
        try (Board board = Board.open(url, InstantSource.system())) {
            assertThat(board.posts()).containsExactly(post);
            assertThat(board.add("alice", "more").id()).isGreaterThan(post.id() + 1); // no id is given twice
        }
    }

    @Test
    void inMemoryEachIsItsOwn() {
        try (Board one = Board.open(Optional.empty(), InstantSource.system());
                Board other = Board.open(Optional.empty(), InstantSource.system())) {
            one.add("alice", "here");
            assertThat(other.posts()).isEmpty();
        }
    }

    @Test
    void outOfReachIsUnavailable() {
        Board board = Board.open(Optional.empty(), InstantSource.system());
        board.close();
        assertThatThrownBy(board::posts).isInstanceOfSatisfying(BoardOutOfReachException.class, failed -> {
            Response answer = new Problem.OutOfReach().toResponse(failed);
            assertThat(answer.getStatus()).isEqualTo(503);
            assertThat(answer.getHeaderString("Retry-After")).isEqualTo("1");
            assertThat(answer.getEntity()).isEqualTo(new Problem("the board does not answer"));
        });
    }
}
