package io.mapae;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.config.Surroundings;
import io.mapae.http.Answer;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From the setting to the answer, with a database. */
@Timeout(60)
class RevocationTest {
    private static final String URL = "jdbc:h2:mem:whole;USER=sa;PASSWORD=s3cr3t";
    private static final String TABLE = "CREATE TABLE mapae_revocation (kind VARCHAR(8), denied VARCHAR(512),"
            + " issued_before BIGINT, until BIGINT, noted BIGINT)";

    private static Mapae start(String... more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "issuer",
                TokenBuilder.ISSUER,
                "audience",
                TokenBuilder.AUDIENCE,
                "public-key",
                TestKey.rsa().publicJwk(),
                "revocation",
                URL,
                "revocation.poll",
                "PT0.1S"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return Mapae.start(
                "whole", Surroundings.of(settings, Map.of(), Map.of(), RevocationTest.class.getClassLoader()));
    }

    private static int status(Mapae mapae, String session) {
        Answer answer = mapae.gate()
                .admit(new Bearing(TokenBuilder.signedBy(TestKey.rsa())
                        .claim("sid", session)
                        .text()));
        return answer instanceof Answer.Reply reply ? reply.status() : 200;
    }

    private static void await(Mapae mapae, String session, int status) throws InterruptedException {
        for (int i = 0; status(mapae, session) != status && i < 1_000; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(status(mapae, session)).isEqualTo(status);
    }

    @Test
    void servesOnceItKnowsAndRefusesWhatWasRevoked() throws Exception {
        try (Connection database = DriverManager.getConnection(URL);
                Statement statement = database.createStatement();
                Mapae mapae = start("revocation.max-stale", "PT0S")) {
            assertThat(status(mapae, "s")).isEqualTo(503);
            statement.execute(TABLE);
            await(mapae, "s", 200);
            long now = Instant.now().toEpochMilli();
            statement.execute(
                    "INSERT INTO mapae_revocation VALUES ('sid', 's', 0, " + (now + 600_000) + ", " + now + ")");
            await(mapae, "s", 401);
            assertThat(status(mapae, "other")).isEqualTo(200);
            statement.execute("DROP TABLE mapae_revocation");
            await(mapae, "other", 503);
            statement.execute(TABLE);
            await(mapae, "other", 200);
            assertThat(status(mapae, "s")).isEqualTo(401);
        }
    }

    @Test
    void hasNoThreadWithoutASource() {
        try (Mapae mapae = start("revocation", "")) {
            assertThat(status(mapae, "s")).isEqualTo(200);
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .doesNotContain("mapae-revocation");
        }
    }
}
