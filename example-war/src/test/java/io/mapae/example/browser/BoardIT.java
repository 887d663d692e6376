package io.mapae.example.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The board, as it happens. */
@InBrowser
class BoardIT {
    private static final String OPEN_EVENTS = """
            (url) => new Promise((done) => {
              const source = new EventSource(url);
              source.onopen = () => done('open');
              source.onerror = () => { source.close(); done('error'); };
            })
            """;

    private static final String OPEN_SOCKET = """
            (url) => new Promise((done) => {
              const socket = new WebSocket(new URL(url, document.baseURI).href.replace(/^http/, 'ws'));
              socket.onopen = () => done('open');
              socket.onerror = () => done('error');
            })
            """;

    @ParameterizedTest
    @ValueSource(strings = {"events", "socket"})
    void postsComeAndGoWithoutReading(String kind, Visitor visitor, Visitor other) {
        Tab bob = other.logIn("bob").choose(kind);
        Tab alice = visitor.logIn("alice").choose(kind);
        String text = "Over " + kind + " <b>마패</b>\nin two lines";
        other.forget();
        alice.write(text);
        String post = "li:has-text('Over " + kind + "')";
        assertThat(bob.at(post).locator(".text").textContent()).isEqualTo(text);
        bob.shows("#outcome", "There is a new post by alice.");
        assertThat(other.answers()).isEmpty(); // nobody asked for it
        assertThat(alice.at(post).locator("button").isDisabled()).isTrue();
        visitor.forget();
        bob.at(post).locator("button").click();
        bob.shows("#outcome", "The post is deleted.");
        alice.seesNo(post);
        assertThat(visitor.answers()).isEmpty();
    }

    @Test
    void withoutLiveUpdatesItIsReadAgain(Visitor visitor, Visitor other) {
        Tab bob = other.logIn("bob").choose("off");
        Tab alice = visitor.logIn("alice");
        alice.write("Not seen at once");
        alice.shows("#outcome", "Your post is on the board.");
        String post = "li:has-text('Not seen at once')";
        bob.seesNo(post);
        assertThat(bob.read().outcome()).isEqualTo("board.wasRead");
        bob.sees(post);
    }

    @Test
    void withoutATicketNothingOpens(Visitor visitor) {
        Tab tab = visitor.logIn("alice").choose("off");
        assertThat(tab.page().evaluate(OPEN_EVENTS, "api/board-events")).isEqualTo("error");
        assertThat(tab.page().evaluate(OPEN_SOCKET, "api/board-socket")).isEqualTo("error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "socket"})
    void aTicketOpensOnceOnly(String kind, Visitor visitor) {
        Tab tab = visitor.logIn("alice").choose(kind);
        String used = visitor.sent().stream()
                .filter(url -> url.contains("board-" + kind + "?ticket="))
                .findFirst()
                .orElseThrow();
        assertThat(tab.page().evaluate("socket".equals(kind) ? OPEN_SOCKET : OPEN_EVENTS, used))
                .isEqualTo("error");
    }

    @Test
    void theTicketIsNotTheToken(Visitor visitor) {
        visitor.logIn("alice").choose("socket");
        assertThat(visitor.count("POST auth/ticket 200")).isEqualTo(2);
        assertThat(visitor.sent())
                .filteredOn(url -> url.contains("ticket="))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }
}
