package io.mapae.service.http;

import static io.mapae.service.http.Service.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.service.http.Service.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What must come of crowds, races and lost answers, over HTTP, at two nodes over one store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
public abstract class OutcomesContract {
    private static final String BOARD =
            "Basic " + Base64.getEncoder().encodeToString("board:a secret of board".getBytes(StandardCharsets.UTF_8));

    private Map<String, String> settings = Map.of();

    // Of two nodes, which @BeforeAll starts.
    private final List<Service> nodes = new ArrayList<>();

    /** The settings of an empty store. */
    protected abstract Map<String, String> store();

    @BeforeAll
    void startNodes() throws Exception {
        settings = new HashMap<>(store());
        settings.put("service.refresh-grace", "PT2M"); // machines may be slow, and tests pause stores
        nodes.add(new Service(settings));
        nodes.add(new Service(settings));
    }

    @AfterAll
    void stopNodes() throws Exception {
        for (Service node : nodes) {
            node.close();
        }
    }

    final Service one() {
        return nodes.get(0);
    }

    private Service other() {
        return nodes.get(1);
    }

    @Test
    void aCrowdWithOneTokenIsOneLineage() throws Exception {
        Answer login = login();
        int before = sessions(login);
        List<Answer> answers =
                together(50, i -> patiently(() -> refresh(nodes.get(i % 2), login.member("refresh_token"))));
        assertThat(answers).extracting(Answer::outcome).containsOnly("200");
        assertThat(answers.stream()
                        .map(answer -> answer.member("refresh_token"))
                        .distinct())
                .hasSize(1);
        assertThat(sessions(login)).isEqualTo(before);
        assertThat(patiently(() -> refresh(one(), answers.get(0).member("refresh_token")))
                        .outcome())
                .isEqualTo("200");
    }

    @Test
    void nothingSurvivesALogoutThatRacesARefresh() throws Exception {
        List<String> accessTokens = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Answer login = login();
            String token = login.member("refresh_token");
            List<Answer> race = together(
                    2,
                    who -> patiently(() ->
                            who == 0 ? one().post("/auth/logout", "refresh_token=" + token) : refresh(other(), token)));
            assertThat(race.get(0).status()).isEqualTo(204);
            assertThat(race.get(1).outcome()).isIn("200", "400 invalid_grant");
            assertThat(patiently(() -> refresh(one(), token)).outcome()).isEqualTo("400 invalid_grant");
            accessTokens.add(login.member("access_token"));
            if (race.get(1).status() == 200) {
                String successor = race.get(1).member("refresh_token");
                assertThat(patiently(() -> refresh(other(), successor)).outcome())
                        .isEqualTo("400 invalid_grant");
                accessTokens.add(race.get(1).member("access_token"));
            }
        }
        for (String token : accessTokens) {
            assertThat(patiently(() -> one().post("/auth/introspect", "token=" + token, "Authorization", BOARD))
                            .body())
                    .isEqualTo("{\"active\":false}");
        }
    }

    @Test
    void aLostAnswerCanBeHadAgainAtAnyNode() throws Exception {
        Answer login = login();
        int before = sessions(login);
        String token = login.member("refresh_token");
        for (int i = 0; i < 100; i++) {
            String asked = token;
            Answer lost = patiently(() -> refresh(one(), asked));
            Answer again = patiently(() -> refresh(other(), asked));
            assertThat(lost.outcome()).isEqualTo("200");
            assertThat(again.outcome()).isEqualTo("200");
            assertThat(again.member("refresh_token")).isEqualTo(lost.member("refresh_token"));
            token = again.member("refresh_token");
        }
        assertThat(sessions(login)).isEqualTo(before);
    }

    /** A wrong password is said to be wrong only after it was computed; all else is refused before. */
    @Test
    void guessesAtOnceAreNoMoreThanGuessesInARow() throws Exception {
        List<Answer> answers =
                together(200, i -> nodes.get(i % 2).post("/auth/login", "username=bob, password=guess" + i));
        assertThat(answers)
                .extracting(Answer::outcome)
                .isSubsetOf("400 invalid_grant", "429 slow_down", "503 temporarily_unavailable");
        assertThat(answers).filteredOn(answer -> answer.status() == 400).hasSizeBetween(1, 12);
        assertThat(answers).filteredOn(answer -> answer.status() == 429).isNotEmpty();
    }

    @Test
    void theOtherNodeAcceptsAndDenies() throws Exception {
        Answer login = login();
        assertThat(other().get("/who", bearer(login)).body()).isEqualTo("alicetrue");
        assertThat(one().post("/auth/logout", "refresh_token=" + login.member("refresh_token"))
                        .status())
                .isEqualTo(204);
        assertThat(becomes("401", () -> other().get("/who", bearer(login)))).isEqualTo("401");
    }

    @Test
    void aRestartKeepsSessions() throws Exception {
        Answer login = login();
        Answer refreshed = patiently(() -> refresh(one(), login.member("refresh_token")));
        one().close();
        nodes.set(0, new Service(settings));
        assertThat(one().get("/who", bearer(login)).body()).isEqualTo("alicetrue");
        Answer again = patiently(() -> refresh(one(), login.member("refresh_token")));
        assertThat(again.member("refresh_token")).isEqualTo(refreshed.member("refresh_token"));
        assertThat(patiently(() -> refresh(one(), refreshed.member("refresh_token")))
                        .outcome())
                .isEqualTo("200");
    }

    Answer login() throws Exception {
        Answer login = patiently(() -> one().login("alice", "refresh_transport=body"));
        assertThat(login.outcome()).isEqualTo("200");
        return login;
    }

    static Answer refresh(Service node, String token) throws Exception {
        return node.post("/auth/refresh", "refresh_token=" + token);
    }

    private int sessions(Answer login) throws Exception {
        return one().get("/auth/sessions", bearer(login)).body().split("\"id\":", -1).length - 1;
    }

    /** As clients do: what is answered 503 is asked again. */
    static Answer patiently(Callable<Answer> request) throws Exception {
        Answer answer = request.call();
        for (int i = 0; i < 100 && answer.status() == 503; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            answer = request.call();
        }
        return answer;
    }

    /** What comes out in the end: {@code outcome}, unless it takes more than 5 s. */
    static String becomes(String outcome, Callable<Answer> request) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        String last = request.call().outcome();
        while (!last.equals(outcome) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
            last = request.call().outcome();
        }
        return last;
    }

    /** A task of one in a crowd. */
    @FunctionalInterface
    private interface Task {
        Answer run(int who) throws Exception;
    }

    /** So many threads begin at once; their answers in order. */
    private static List<Answer> together(int size, Task task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            CyclicBarrier start = new CyclicBarrier(size);
            List<Future<Answer>> running = IntStream.range(0, size)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return task.run(i);
                    }))
                    .toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> each : running) {
                answers.add(each.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
