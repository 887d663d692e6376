package io.mapae.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.jws.Algorithm;
import io.mapae.jws.Claims;
import io.mapae.jws.Header;
import io.mapae.jws.Json;
import io.mapae.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class ValidityTest {
    /** What is known of a token's times must say what the checks would say, at whatever instant. */
    @RepeatedTest(50)
    void coversExactlyTheInstantsWhenNoCheckObjects(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Given given = new Given();
        given.clockSkew = Duration.ofSeconds(random.nextInt(3));
        given.maxAge = random.nextBoolean() ? Duration.ofSeconds(1 + random.nextInt(6)) : null;
        long epoch = Given.NOW.getEpochSecond();
        TokenBuilder token = Given.token().expiresIn(random.nextInt(8)).claim("iat", epoch + random.nextInt(5) - 2);
        if (random.nextBoolean()) {
            token = token.claim("nbf", epoch + random.nextInt(6) - 3);
        }
        Claims claims = Claims.kept(claims(token)).orElseThrow();
        Policy policy = given.policy();
        Validity validity = Validity.of(claims, policy.times());
        Header header = new Header(Algorithm.RS256, Optional.empty(), Optional.empty());
        for (int millis = -10_000; millis <= 20_000; millis += 500) {
            Instant now = Given.NOW.plusMillis(millis);
            assertThat(validity.covers(now))
                    .as("at %d ms", millis)
                    .isEqualTo(Checks.firstViolation(new Checks.Subject(header, claims, policy, now))
                            .isEmpty());
        }
    }

    /** Read from the text, as an issuer's clock may be anywhere. */
    private static Map<String, @Nullable Object> claims(TokenBuilder token) {
        String payload = token.text().split("\\.", -1)[1];
        return Json.object(Base64.getUrlDecoder().decode(payload)).orElseThrow();
    }
}
