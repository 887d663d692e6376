package io.mapae.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.mapae.jws.Algorithm;
import io.mapae.jws.VerificationKey;
import io.mapae.keys.KeyFormat;
import io.mapae.testkit.TestKey;
import io.mapae.testkit.TokenBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of verified tokens, in a JVM that does nothing else. */
class MemoryTest {
    private static final int WANTED = 100;

    @TempDir
    private Path directory;

    /** Verifies tokens, writes them to a file beside a dump of the heap, and forgets them. */
    static final class Dump {
        private Dump() {}

        public static void main(String[] args) throws Exception {
            TestKey key = args[1].equals("RS256") ? Given.KEY : TestKey.hmac(32);
            TokenVerifier verifier = verifier(key);
            verify(verifier, key, Path.of(args[0], "tokens"));
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpHeap(Path.of(args[0], "heap.hprof").toString(), true);
            System.out.println("tokens " + verifier.known().getTokens() + ", hits "
                    + verifier.known().getHits());
        }

        /** In a method of its own, whose variables are gone when it is over. */
        private static void verify(TokenVerifier verifier, TestKey key, Path file) throws IOException {
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < WANTED; i++) {
                texts.add(TokenBuilder.signedBy(key)
                        .at(Given.NOW)
                        .subject("user-" + i)
                        .text());
            }
            Files.write(file, texts);
            texts.forEach(verifier::verify);
            texts.forEach(text -> verifier.recall("Bearer " + text, 7));
        }

        private static TokenVerifier verifier(TestKey key) {
            Given given = new Given();
            if (key != Given.KEY) {
                given.algorithms = Set.of(Algorithm.HS256);
                given.keys = Given.keys(key.privateJwk(), KeyFormat.SECRET);
            }
            given.cache = new CacheSize(1_000, 1L << 30);
            return given.verifier();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "HS256"})
    void noCredentialIsInADumpOfTheHeap(String algorithm) throws Exception {
        assertThat(run(Dump.class, directory.toString(), algorithm)).containsExactly("tokens 100, hits 100");
        byte[] dump = Files.readAllBytes(directory.resolve("heap.hprof"));
        List<String> texts = Files.readAllLines(directory.resolve("tokens"));
        assertThat(texts).hasSize(WANTED);
        for (String text : List.of(texts.get(0), texts.get(WANTED / 2), texts.get(WANTED - 1))) {
            int dot = text.lastIndexOf('.');
            assertThat(isIn(dump, bytes(text.substring(0, dot), StandardCharsets.ISO_8859_1)))
                    .as("what is kept is in the dump, so that the search finds what is there")
                    .isTrue();
            String signature = text.substring(dot + 1);
            for (int from = 0; from + 16 <= signature.length(); from += 16) {
                String piece = signature.substring(from, from + 16);
                assertThat(isIn(dump, bytes(piece, StandardCharsets.ISO_8859_1)))
                        .isFalse();
                assertThat(isIn(dump, bytes(piece, StandardCharsets.UTF_16LE))).isFalse();
                assertThat(isIn(dump, bytes(piece, StandardCharsets.UTF_16BE))).isFalse();
                assertThat(isIn(dump, Base64.getUrlDecoder().decode(piece))).isFalse();
            }
        }
    }

    private static byte[] bytes(String text, Charset charset) {
        return text.getBytes(charset);
    }

    private static boolean isIn(byte[] haystack, byte[] needle) {
        byte first = needle[0];
        for (int i = 0; i <= haystack.length - needle.length; i++) {
            if (haystack[i] == first && Arrays.equals(haystack, i, i + needle.length, needle, 0, needle.length)) {
                return true;
            }
        }
        return false;
    }

    /** A million tokens, each good and none twice, but for one that comes again and again. */
    static final class Flood {
        private static final TestKey KEY = TestKey.hmac(32);
        private static final SecretKeySpec SECRET = new SecretKeySpec(KEY.secret(), "HmacSHA256");
        private static final int TOKENS = 1_000_000;

        private Flood() {}

        public static void main(String[] args) throws Exception {
            Given given = new Given();
            given.algorithms = Set.of(Algorithm.HS256);
            VerificationKey key = new VerificationKey(Optional.empty(), given.algorithms, SECRET);
            given.keys = header -> List.of(key);
            given.cache = CacheSize.of(10_000);
            TokenVerifier verifier = given.verifier();
            String wanted = token(0);
            verifier.verify(wanted);
            long before = 0;
            for (int i = 1; i <= TOKENS; i++) {
                if (!(verifier.verify(token(i)) instanceof Verdict.Accepted)) {
                    throw new IllegalStateException("a good token was refused");
                }
                if (i % 100 == 0 && verifier.recall(wanted, 0).isEmpty()) {
                    throw new IllegalStateException("what is asked for now and then was forgotten");
                }
                before = i == TOKENS / 10 ? used() : before;
            }
            VerifiedTokensMXBean known = verifier.known();
            System.out.println((known.getBytes() <= known.getMaxBytes()) + " " + (known.getTokens() > 1_000) + " "
                    + (used() - before < 1_000_000));
        }

        private static long used() {
            System.gc();
            return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }

        private static String token(int number) throws GeneralSecurityException {
            String input = PREFIX
                    + base64("{\"iss\":\"" + TokenBuilder.ISSUER + "\",\"aud\":\"" + TokenBuilder.AUDIENCE
                            + "\",\"exp\":" + Given.NOW.plusSeconds(300).getEpochSecond() + ",\"sub\":\"user-" + number
                            + "\"}");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(SECRET);
            return input + "."
                    + Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
        }

        private static final String PREFIX = base64("{\"alg\":\"HS256\"}") + ".";

        private static String base64(String json) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void aMillionDistinctTokensTakeNoMoreThanTheirShareOfTheHeap() throws Exception {
        assertThat(run(Flood.class)).containsExactly("true true true");
    }

    /** What a JVM with little memory prints. */
    private static List<String> run(Class<?> main, String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-classpath",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        return lines;
    }
}
