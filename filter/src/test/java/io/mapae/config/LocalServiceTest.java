package io.mapae.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.Mapae;
import io.mapae.config.LocalService.Publication;
import io.mapae.http.Paths;
import io.mapae.jws.Algorithm;
import io.mapae.jws.Header;
import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeyLocation;
import io.mapae.keys.KeySource;
import io.mapae.revocation.Revocation;
import io.mapae.revocation.RevocationSource;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the token service of the same application has to say. */
class LocalServiceTest {
    private static final TestKey KEY = TestKey.rsa();

    private final LocalService service = new LocalService();
    private final Place place = Place.with("public-key", "").and("jwks-uri", "service:");

    private Assembly read() {
        return Configuration.read(place.surroundings().of(service), InstantSource.system());
    }

    private static int found(KeySource keys) throws IOException {
        return keys.candidates(new Header(Algorithm.RS256, Optional.empty(), Optional.empty()))
                .size();
    }

    private static KeySource set(TestKey... keys) throws Exception {
        return KeyLocation.open(
                TestKey.jwks(keys), KeyFormat.JWK_SET, ClassLoader.getSystemClassLoader(), InstantSource.system());
    }

    @Test
    void itsKeysAreLookedForWhenTheyAreNeeded() throws Exception {
        KeySource keys = read().issuers().get(0).issuer().keys();
        assertThatThrownBy(() -> found(keys)).isInstanceOf(IOException.class).hasMessageContaining("not started");
        Runnable takeBack = service.publish(said(set(KEY), Source::new));
        assertThat(found(keys)).isEqualTo(1);
        Runnable takeNextBack = service.publish(said(set(KEY, TestKey.otherRsa()), Source::new));
        assertThat(found(keys)).isEqualTo(2);
        takeBack.run(); // there are others by now
        assertThat(found(keys)).isEqualTo(2);
        takeNextBack.run();
        takeNextBack.run();
        assertThatThrownBy(() -> found(keys)).isInstanceOf(IOException.class).hasMessageContaining("ended");
    }

    /** HS256 is among what it may sign with. */
    @Test
    void itsKeysSayTheirAlgorithmsThemselves() {
        assertThat(read().issuers().get(0).issuer().policy().algorithms())
                .containsExactlyInAnyOrder(Algorithm.values());
        place.and("algorithms", "HS256");
        assertThat(read().issuers().get(0).issuer().policy().algorithms()).containsExactly(Algorithm.HS256);
    }

    @Test
    void itsKeysAreTheIssuersOnlyOnes() {
        assertThat(place.and("public-key", KEY.publicJwk()).problems()).contains("never beside");
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "service:x", "service://a", "Service:", "service:/auth"})
    void nothingElseStandsForIt(String text) {
        assertThat(place.and("jwks-uri", text).problems()).contains("expected an address of https:");
    }

    @Test
    void itsPathsAreClaimedBeforeSettingsAreRead() {
        service.claim("/auth/**");
        service.claim("/auth/**");
        assertThatThrownBy(() -> service.claim("auth")).isInstanceOf(IllegalArgumentException.class);
        assertThat(read().gate().exempt()).isNotEqualTo(Paths.NONE);
        assertThatThrownBy(() -> service.claim("/more/**"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("/more/**");
    }

    private static Publication said(KeySource keys, Supplier<RevocationSource> revocations) {
        return new Publication(TokenBuilder.ISSUER, List.of(TokenBuilder.AUDIENCE, "other"), keys, revocations);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "as it is",
            value = {
                "issuer   | as it is    | as it is",
                "audience | other       | as it is",
                "audience | x, other    | as it is",
                "audience | *           | as it is",
                "issuer   | https://x/  | service.issuer is ISSUER",
                "audience | x, y        | service.audience is AUDIENCE, other"
            })
    void itsTokensAreAcceptedHere(String setting, @Nullable String value, @Nullable String problem) throws Exception {
        var unused = service.publish(said(set(KEY), Source::new));
        if (value != null) {
            place.and(setting, value);
        }
        if (problem == null) {
            assertThat(read().issuers()).hasSize(1);
        } else {
            assertThatThrownBy(this::read)
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(
                            problem.replace("ISSUER", TokenBuilder.ISSUER).replace("AUDIENCE", TokenBuilder.AUDIENCE));
        }
    }

    private static final class Source implements RevocationSource {
        private boolean closed;

        @Override
        public void read(Instant since, Consumer<? super Revocation> found) {}

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void whatItHasRevokedIsItsOwnSource() throws Exception {
        place.and("revocation", "service:");
        assertThatThrownBy(this::read).hasMessageContaining("no token service has started in this application");
        Source source = new Source();
        Runnable takeBack = service.publish(said(set(KEY), () -> source));
        Mapae mapae = Mapae.start("", place.surroundings().of(service));
        assertThat(source.closed).isFalse();
        mapae.close();
        assertThat(source.closed).isTrue();
        takeBack.run();
        assertThatThrownBy(this::read).hasMessageContaining("no token service has started in this application");
    }

    @Test
    void itStartsOnceBeforeAnybodyVerifies() throws Exception {
        KeySource keys = set(KEY);
        AtomicInteger starts = new AtomicInteger();
        service.startBy(() -> {
            starts.incrementAndGet();
            var unused = service.publish(said(keys, Source::new));
        });
        place.and("revocation", "service:");
        Mapae.start("", place.surroundings().of(service)).close();
        Mapae.start("", place.surroundings().of(service)).close();
        assertThat(starts).hasValue(1);
    }

    @Test
    void nobodyStartsWithoutIt() {
        service.startBy(() -> {
            throw new ConfigurationException(List.of("the token service cannot start: no database"));
        });
        for (int time = 1; time <= 2; time++) {
            assertThatThrownBy(() -> Mapae.start("", place.surroundings().of(service)))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("no database");
        }
    }

    @Test
    void othersAreNotAsked() {
        Surroundings around = place.surroundings();
        assertThat(List.of(around.service())).doesNotContain(service);
        assertThat(around.of(service).of(place.jaxrsProperties, place.defaults).service())
                .isSameAs(service);
    }
}
