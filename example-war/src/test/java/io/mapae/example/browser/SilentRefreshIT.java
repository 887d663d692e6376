package io.mapae.example.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.example.browser.Tab.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the page does when its access token is over: nobody is asked for a password. */
@InBrowser(accessLifetime = SilentRefreshIT.LIFETIME)
class SilentRefreshIT {
    /** So short that it ends during a test; less could be over as soon as it begins, as the service makes it whole seconds. */
    static final String LIFETIME = "PT3S";

    /** With {@code -Dexpiries=100} it is a figure to quote; a few are enough to see that it works. */
    private static final int EXPIRIES = Integer.getInteger("expiries", 5);

    private static final long SOON_MILLIS = 150;

    @Test
    void oneRefreshAndOneMoreTry(Visitor visitor) {
        Tab tab = visitor.logIn("alice").choose("off").until(visitor.expiry());
        visitor.forget();
        Reading renewed = tab.read();
        assertThat(renewed.outcome()).isEqualTo("board.wasRead");
        assertThat(visitor.answers())
                .containsExactly("GET api/boards 401", "POST auth/refresh 200", "GET api/boards 200");
        tab.isLoggedIn();
        visitor.forget();
        Reading plain = tab.read();
        assertThat(plain.outcome()).isEqualTo("board.wasRead");
        assertThat(visitor.answers()).containsExactly("GET api/boards 200");
        say(
                "Silent refresh: %.0f ms from click to result with a refresh in between, %.0f ms without",
                renewed.millis(), plain.millis());
    }

    @Test
    void twoTabsThatRaceRefreshOnce(Visitor visitor) {
        Tab one = visitor.logIn("alice").choose("off");
        Tab other = visitor.open().isLoggedIn().ready().choose("off");
        List<Double> millis = new ArrayList<>();
        for (int i = 1; i <= EXPIRIES; i++) {
            one.until(visitor.expiry());
            visitor.forget();
            Instant soon = Instant.now().plusMillis(SOON_MILLIS); // at the same time in both
            one.readAt(soon);
            other.readAt(soon);
            List<Reading> readings = List.of(one.reading(), other.reading());
            assertThat(readings).as("expiry %s", i).extracting(Reading::outcome).containsOnly("board.wasRead");
            assertThat(visitor.answers())
                    .as("expiry %s", i)
                    .contains("GET api/boards 401")
                    .containsOnlyOnce("POST auth/refresh 200");
            assertThat(visitor.count("POST auth/refresh")).isEqualTo(1);
            assertThat(visitor.count("GET api/boards 200")).isEqualTo(2);
            readings.forEach(reading -> millis.add(reading.millis()));
        }
        one.isLoggedIn();
        other.isLoggedIn();
        millis.sort(null);
        say(
                "Two tabs × %d expiries: 0 sessions lost, 1 refresh per expiry; %.0f ms from click to result (median), at most %.0f ms",
                EXPIRIES, millis.get(EXPIRIES), millis.get(2 * EXPIRIES - 1));
    }

    @Test
    void aReloadAfterTheExpiryKeepsTheSession(Visitor visitor) {
        Tab tab = visitor.logIn("alice").choose("off").until(visitor.expiry());
        visitor.forget();
        tab.page().reload();
        tab.settled().isLoggedIn().shows("#account-title", "Hello, alice").ready();
        assertThat(visitor.answers())
                .containsOnlyOnce("POST auth/refresh 200")
                .contains("GET api/profile 200")
                .noneMatch(answer -> answer.endsWith(" 401"));
    }

    private static void say(String text, Object... values) {
        System.out.println(String.format(Locale.ROOT, text, values));
    }
}
