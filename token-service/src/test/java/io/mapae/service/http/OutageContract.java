package io.mapae.service.http;

import static io.mapae.service.http.Service.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.service.http.Service.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same where the store is a server, which may stop to answer. */
public abstract class OutageContract extends OutcomesContract {
    protected abstract void pause();

    protected abstract void resume();

    @Test
    void anOutageIsNobodysFault() throws Exception {
        Answer login = login();
        String token = login.member("refresh_token");
        pause();
        try {
            for (int i = 0; i < 3; i++) {
                for (Answer answer : List.of(refresh(one(), token), one().login("alice", ""))) {
                    assertThat(answer.outcome()).isEqualTo("503 temporarily_unavailable");
                    assertThat(answer.header("Retry-After")).isEqualTo("1");
                    assertThat(answer.header("Set-Cookie")).isEmpty();
                }
                assertThat(one().get("/who", bearer(login)).body()).isEqualTo("alicetrue");
            }
        } finally {
            resume();
        }
        assertThat(becomes("200", () -> refresh(one(), token))).isEqualTo("200");
        assertThat(becomes("200", () -> one().login("alice", ""))).isEqualTo("200");
    }
}
