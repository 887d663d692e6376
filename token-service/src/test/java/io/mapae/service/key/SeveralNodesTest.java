package io.mapae.service.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.jws.Engines;
import io.mapae.jws.Header;
import io.mapae.jws.SignedToken;
import io.mapae.jws.TokenReader;
import io.mapae.jws.VerificationKey;
import io.mapae.keys.KeyFormat;
import io.mapae.keys.KeyLocation;
import io.mapae.keys.KeySource;
import io.mapae.service.StoreException;
import io.mapae.service.jdbc.H2;
import io.mapae.service.jdbc.JdbcKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that share one store, and verifiers that know of it only what some node told them a while ago. */
class SeveralNodesTest {
    private static final int NODES = 3;
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Rollover ROLLOVER = Rollover.every(Duration.ofHours(2), LIFETIME);
    private static final byte[] CLAIMS = "{\"sub\":\"alice\"}".getBytes(StandardCharsets.US_ASCII);

    /** A node polls every few seconds; one in trouble still does within the time that it may sign. */
    private static final Duration LATEST_POLL = Duration.ofMinutes(9);

    private static final int TOKENS_A_STEP = 4;

    private final H2 h2 = new H2();
    private final FakeClock clock = new FakeClock();
    private final Random random = new Random(1);
    private final List<SigningKeys> nodes = new ArrayList<>();

    SeveralNodesTest() throws SQLException, IOException, InvalidKeyException {
        for (int i = 0; i < NODES; i++) {
            nodes.add(node());
        }
    }

    @AfterEach
    void close() throws SQLException {
        h2.close();
    }

    @Test
    void noTokenIsEverRefused() throws Exception {
        Run run = new Run(ROLLOVER.maxAge());
        run.take(700);
        assertThat(run.issued).isEqualTo(700 * TOKENS_A_STEP);
        assertThat(run.signers).hasSizeGreaterThan(10);
        assertThat(run.refused).isZero();
    }

    /** What the lead time is for: this would also be so if it were shorter. */
    @Test
    void tokensAreRefusedByVerifiersThatCacheForLongerThanTheyAreTold() throws Exception {
        Run run = new Run(ROLLOVER.maxAge().plus(ROLLOVER.lead()));
        run.take(150);
        assertThat(run.refused).isPositive();
    }

    @Test
    void nodesThatRotateAtOnceMakeOneKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(NODES);
        try {
            for (int round = 1; round <= 5; round++) {
                List<Callable<Instant>> rotations = nodes.stream()
                        .<Callable<Instant>>map(node -> () -> node.rotate().orElseThrow())
                        .toList();
                Set<Instant> takeovers = new HashSet<>();
                for (Future<Instant> rotation : threads.invokeAll(rotations)) {
                    takeovers.add(rotation.get());
                }
                assertThat(takeovers).containsExactly(clock.instant().plus(ROLLOVER.lead()));
                clock.move(ROLLOVER.lead());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(new JdbcKeys(h2.database()).all())
                .extracting(StoredKey::generation)
                .contains(5L)
                .doesNotContain(6L);
    }

    private SigningKeys node() throws StoreException, InvalidKeyException {
        return SigningKeys.open(
                new JdbcKeys(h2.database()), new byte[32], SigningAlgorithm.RS256, ROLLOVER, Engines.jdk(), clock);
    }

    /** Hours of nodes that poll when they like, and of somebody who rotates the keys all the time. */
    private final class Run {
        final Set<String> signers = new HashSet<>();
        int issued;
        int refused;

        private final List<Verifier> verifiers = new ArrayList<>();
        private final List<Instant> polled = new ArrayList<>();
        private final Deque<Issued> alive = new ArrayDeque<>();

        Run(Duration cachedFor) throws IOException, InvalidKeyException {
            for (int i = 0; i < NODES; i++) {
                verifiers.add(new Verifier(cachedFor));
                polled.add(clock.instant());
            }
        }

        void take(int steps) throws Exception {
            for (int step = 0; step < steps; step++) {
                Duration passed = Duration.ofSeconds(1 + random.nextInt(60));
                while (!alive.isEmpty()
                        && !alive.getFirst().expires().isAfter(clock.instant().plus(passed))) {
                    verifyEverywhere(alive.removeFirst()); // for the last time
                }
                clock.move(passed);
                poll();
                nodes.get(random.nextInt(NODES)).rotate();
                issue();
            }
        }

        private void poll() {
            for (int i = 0; i < NODES; i++) {
                boolean late = clock.instant().isAfter(polled.get(i).plus(LATEST_POLL.minusMinutes(1)));
                if (late || random.nextInt(5) == 0) {
                    nodes.get(i).tick();
                    polled.set(i, clock.instant());
                }
            }
        }

        private void issue() throws Exception {
            for (int i = 0; i < TOKENS_A_STEP; i++) {
                SigningKeys node = nodes.get(random.nextInt(NODES));
                Issued token =
                        Issued.of(node.sign(CLAIMS), node, clock.instant().plus(LIFETIME));
                signers.add(token.key().id().orElseThrow());
                issued++;
                alive.addLast(token);
                verifyEverywhere(token);
            }
        }

        private void verifyEverywhere(Issued token) throws Exception {
            for (SigningKeys node : nodes) {
                refused += token.isVerifiedBy(node) ? 0 : 1;
            }
            for (Verifier verifier : verifiers) {
                refused += token.isVerifiedBy(verifier.keys()) ? 0 : 1;
            }
        }
    }

    /** A token, and the one key that it is signed with. */
    private record Issued(Header header, VerificationKey key, Instant expires) {
        static Issued of(String text, SigningKeys node, Instant expires) throws IOException {
            SignedToken token = new TokenReader().read(text).fold(read -> read, (flaw, member) -> {
                throw new AssertionError(flaw);
            });
            VerificationKey key = node.candidates(token.header()).get(0);
            assertThat(token.isSignedBy(key)).isTrue();
            return new Issued(token.header(), key, expires);
        }

        boolean isVerifiedBy(KeySource keys) throws IOException {
            return keys.candidates(header).equals(List.of(key));
        }
    }

    /** Asks any node, when what it has is too old, and never because a key is unknown to it. */
    private final class Verifier {
        private final Duration cachedFor;
        private KeySource keys;
        private Instant read;

        Verifier(Duration cachedFor) throws IOException, InvalidKeyException {
            this.cachedFor = cachedFor;
            this.keys = published();
            this.read = clock.instant();
        }

        KeySource keys() throws IOException, InvalidKeyException {
            if (clock.instant().isAfter(read.plus(cachedFor))) {
                keys = published();
                read = clock.instant();
            }
            return keys;
        }

        private KeySource published() throws IOException, InvalidKeyException {
            String jwkSet = nodes.get(random.nextInt(NODES)).published().jwkSet();
            return KeyLocation.open(jwkSet, KeyFormat.JWK_SET, SeveralNodesTest.class.getClassLoader(), clock);
        }
    }
}
