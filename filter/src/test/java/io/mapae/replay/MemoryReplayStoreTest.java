package io.mapae.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MemoryReplayStoreTest extends ReplayStoreContract {
    @Override
    protected ReplayStore store() {
        return new MemoryReplayStore(() -> now);
    }

    /** Forgetting the oldest instead would let it be used again. */
    @Test
    void fullItTakesNothingMoreUntilSomethingIsOver() throws Exception {
        ReplayStore store = new MemoryReplayStore(() -> now, 3);
        assertThat(store.use("a", NOW.plusSeconds(3))).isTrue();
        assertThat(store.use("b", NOW.plusSeconds(1))).isTrue();
        assertThat(store.use("c", NOW.plusSeconds(2))).isTrue();
        assertThatThrownBy(() -> store.use("d", NOW.plusSeconds(9)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("full");
        assertThat(store.use("a", NOW.plusSeconds(9))).isFalse();
        now = NOW.plusSeconds(1);
        assertThat(store.use("d", NOW.plusSeconds(9))).isTrue();
        assertThatThrownBy(() -> store.use("e", NOW.plusSeconds(9))).isInstanceOf(IOException.class);
        assertThat(store).hasToString("MemoryReplayStore[3]");
    }

    @Test
    void contentsWeighMore() throws Exception {
        ReplayStore store = new MemoryReplayStore(() -> now, 100);
        store.keep("a", "x".repeat(4000), NOW.plusSeconds(1));
        store.keep("b", "x".repeat(4000), NOW.plusSeconds(1));
        assertThatThrownBy(() -> store.keep("c", "x".repeat(4000), NOW.plusSeconds(1)))
                .isInstanceOf(IOException.class);
        now = NOW.plusSeconds(1);
        store.keep("c", "x".repeat(4000), NOW.plusSeconds(9));
    }
}
