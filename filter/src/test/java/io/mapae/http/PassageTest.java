package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.http.Answer.Admit;
import io.mapae.identity.Caller;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a request keeps of a gate that it passed. */
class PassageTest {
    private final Gates gates = Gates.withRules("/** permit");
    private final Gate gate = gates.gate();
    private final Optional<Caller> alice =
            ((Admit) gate.admit(FakeRequest.get("/").bearing(Gates.VALID.text()))).caller();

    @Test
    void isFoundByItsOwnGate() {
        Passage passage = new Passage(gate, "GET", alice);
        assertThat(Passage.of(passage, gate)).containsSame(passage);
        assertThat(passage.gate()).isSameAs(gate);
        assertThat(passage.caller()).isEqualTo(alice).isPresent();
    }

    /** Even by one that is made from the same things: what they would say may differ by what they are behind. */
    @Test
    void isNothingToAnotherGate() {
        assertThat(Passage.of(new Passage(gate, "GET", alice), gates.gate())).isEmpty();
        assertThat(Passage.of(new Passage(gates.gate(), "GET", alice), gate)).isEmpty();
    }

    @Test
    void whatIsNoPassageIsNone() {
        assertThat(Passage.of(null, gate)).isEmpty();
        assertThat(Passage.of("a text", gate)).isEmpty();
        assertThat(Passage.of(alice, gate)).isEmpty();
        assertThat(Passage.of(gate, gate)).isEmpty();
        assertThat(Passage.of(Optional.of(new Passage(gate, "GET", alice)), gate))
                .isEmpty();
    }

    @Test
    void withoutCallerItIsAPassageAllTheSame() {
        Passage passage = new Passage(gate, "GET", Optional.empty());
        assertThat(Passage.of(passage, gate)).containsSame(passage);
        assertThat(passage.caller()).isEmpty();
    }

    @Test
    void coversTheMethodThatPassed() {
        Passage passage = new Passage(gate, "GET", alice);
        assertThat(passage.covers(FakeRequest.get("/"))).isTrue();
        assertThat(passage.covers(FakeRequest.get("/elsewhere"))).isTrue();
        assertThat(passage.covers(FakeRequest.of("get", "/"))).isFalse();
        assertThat(passage.covers(FakeRequest.of("DELETE", "/"))).isFalse();
    }

    @Test
    void whoWasDroppedDoesNotComeBack() {
        Passage passage = new Passage(gate, "GET", alice);
        passage.drop();
        assertThat(passage.caller()).isEmpty();
        passage.drop();
        assertThat(Passage.of(passage, gate).orElseThrow().caller()).isEmpty();
    }
}
