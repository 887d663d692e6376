package io.mapae.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mapae.jws.Algorithm;
import io.mapae.jws.SignedToken;
import io.mapae.jws.TokenReader;
import io.mapae.jws.VerificationKey;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many tokens are kept, and which. */
class VerifiedTokensTest {
    private static final TestKey SECRET = TestKey.hmac(32);
    private static final long PLENTY = 1L << 40;

    private final Given given = new Given();
    private final TokenReader reader = new TokenReader();
    private final TokenVerifier verifier = verifier();
    private int subject;

    private TokenVerifier verifier() {
        given.algorithms = Set.of(Algorithm.HS256);
        given.keys = header -> List.of(new VerificationKey(
                Optional.empty(), Set.of(Algorithm.HS256), new SecretKeySpec(SECRET.secret(), "HMAC")));
        return given.verifier();
    }

    private String token() {
        return TokenBuilder.signedBy(SECRET)
                .at(Given.NOW)
                .subject("user-" + subject++)
                .text();
    }

    private void add(VerifiedTokens tokens, String text) throws Exception {
        SignedToken signed = reader.read(text).fold(token -> token, (flaw, member) -> {
            throw new AssertionError(flaw);
        });
        Issuer issuer = new Issuer(given.policy(), given.keys);
        VerificationKey key = given.keys.candidates(signed.header()).get(0);
        tokens.add(signed, issuer, key, (Verdict.Accepted) verifier.verify(text));
    }

    private VerifiedTokens with(int count, CacheSize size) throws Exception {
        VerifiedTokens tokens = new VerifiedTokens(size, new TokenReader());
        for (int i = 0; i < count; i++) {
            add(tokens, token());
        }
        return tokens;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 8, 9, 100, 1000})
    void asManyAreKeptAsThereIsRoomForAndNoneMore(int room) throws Exception {
        VerifiedTokens tokens = with(room, new CacheSize(room, PLENTY));
        assertThat(tokens.getTokens()).isBetween(room - room / 20, room);
        for (int i = 0; i < 2 * room + 20; i++) {
            add(tokens, token());
            assertThat(tokens.getTokens()).isBetween(room - room / 20, room);
        }
    }

    @Test
    void bytesAreBoundedToo() throws Exception {
        long each = with(1, new CacheSize(10, PLENTY)).getBytes();
        assertThat(with(100, new CacheSize(100, 10 * each + each / 2)).getTokens())
                .isBetween(9, 10);
        assertThat(with(100, new CacheSize(100, each + each / 2)).getTokens()).isEqualTo(1);
        VerifiedTokens tooSmall = with(100, new CacheSize(100, each / 2));
        assertThat(tooSmall.getTokens()).isZero();
        assertThat(tooSmall.getBytes()).isZero();
    }

    /** What README says of tokens of RS256 with 1400 characters, of which 343 are the dot and the signature. */
    @Test
    void halfAGigabyteHasRoomForAboutSevenThousand() throws Exception {
        VerifiedTokens tokens = new VerifiedTokens(new CacheSize(1, PLENTY), new TokenReader());
        String text = TokenBuilder.signedBy(SECRET)
                .at(Given.NOW)
                .claim("more", "x".repeat(583))
                .text();
        assertThat(text.lastIndexOf('.')).isBetween(1_050, 1_065);
        add(tokens, text);
        long room = (512L << 20) / 16;
        assertThat(room / tokens.getBytes()).isBetween(6_800L, 7_200L);
    }

    @Test
    void whatIsAddedTwiceIsKeptOnce() throws Exception {
        VerifiedTokens tokens = new VerifiedTokens(new CacheSize(10, PLENTY), new TokenReader());
        String text = token();
        add(tokens, text);
        long bytes = tokens.getBytes();
        add(tokens, text);
        assertThat(tokens.getTokens()).isEqualTo(1);
        assertThat(tokens.getBytes()).isEqualTo(bytes);
    }

    /** Ten that are asked for now and then, among two thousand that come once. */
    @Test
    void whatIsAskedForOutlivesWhatIsNot() throws Exception {
        VerifiedTokens tokens = new VerifiedTokens(new CacheSize(100, PLENTY), new TokenReader());
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            wanted.add(token());
            add(tokens, wanted.get(i));
        }
        int lost = 0;
        for (int i = 0; i < 2_000; i++) {
            String text = wanted.get(i % wanted.size());
            if (tokens.find(text, 0, Given.NOW).isEmpty()) {
                lost++;
                add(tokens, text);
            }
            add(tokens, token());
        }
        assertThat(lost).isLessThan(100);
    }

    @Test
    void whatThreadsDoAtOnceIsCountedRight() throws Exception {
        VerifiedTokens tokens = new VerifiedTokens(new CacheSize(50, PLENTY), new TokenReader());
        List<String> texts = IntStream.range(0, 100).mapToObj(i -> token()).toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int seed = 0; seed < 4; seed++) {
                Random random = new Random(seed);
                work.add(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        String text = texts.get(random.nextInt(texts.size()));
                        boolean over = random.nextInt(4) == 0;
                        Instant now = over ? Given.NOW.plusSeconds(100_000) : Given.NOW;
                        if (tokens.find(text, 0, now).isEmpty()) {
                            add(tokens, text);
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
        long found = texts.stream()
                .filter(text -> tokens.find(text, 0, Given.NOW).isPresent())
                .count();
        assertThat(found).isBetween(1L, 50L);
        assertThat(tokens.getTokens())
                .isBetween((int) found, 50); // one that two threads added at once may be there twice
        tokens.forgetAll();
        assertThat(tokens.getTokens()).isZero();
        assertThat(tokens.getBytes()).isZero();
    }

    /** What is not needed takes no memory: here a table of two places for each token would not fit into any heap. */
    @Test
    void theTableIsNoLargerThanItsBytesAllow() throws Exception {
        assertThat(with(100, new CacheSize(CacheSize.MAX_TOKENS, 1 << 20)).getTokens())
                .isEqualTo(100);
    }

    @Test
    void sizesHaveBounds() {
        assertThatThrownBy(() -> new CacheSize(-1, 0)).hasMessage("a cache of -1 tokens and 0 bytes");
        assertThatThrownBy(() -> new CacheSize(0, -1)).hasMessage("a cache of 0 tokens and -1 bytes");
        assertThatThrownBy(() -> new CacheSize(100_000_001, 0)).hasMessage("a cache of 100000001 tokens and 0 bytes");
        assertThat(CacheSize.of(7))
                .isEqualTo(new CacheSize(7, Runtime.getRuntime().maxMemory() / 16));
    }
}
