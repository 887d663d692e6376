package io.mapae.benchmarks.page;

import io.mapae.benchmarks.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page, and the pictures beside it in {@code images}. Nothing in it is written by hand. */
public final class Page {
    private static final String TITLE = "# Performance\n\n";

    private static final List<Section> SECTIONS = List.of(
            new Answer(),
            new Verification(),
            new Plain(
                    "profile",
                    "Where the time goes",
                    List.of(
                            "A token at first sight, by samples of async-profiler: each counts for the innermost of Mapae's classes, whatever of the JDK and of",
                            "libraries that one called. *Algorithm* is the check of the signature by way of jose4j, *Json* and *Claims* read the payload,",
                            "*TokenText* and *TokenReader* turn the text into bytes, *TokenPrint* and *VerifiedTokens* keep what is needed to know it again, *Checks* are",
                            "those of claims.")),
            new ServerLoad(),
            new Plain(
                    "providers",
                    "Faster providers",
                    List.of(
                            "A token at first sight, and the bare signature check, by the JDK's own provider and by those that `crypto-provider` knows, where they",
                            "are on the class path.")),
            new Plain(
                    "cache",
                    "The same token again",
                    List.of(
                            "A header with a token that was verified before, one of so many that are in use and take turns: its end and its revocation are",
                            "looked at, its signature is not. Tokens are of RS256 and 1416 characters; the million are short ones of HS256, as so many others",
                            "could not be signed in the time. The number is that of the tokens in use; `repeated` is a look at one.")),
            new Plain(
                    "revocation",
                    "Revocation",
                    List.of(
                            "Whether a token was revoked by its `jti`, `sid` or `sub`, among so many revocations that an application holds, and the memory",
                            "that these take. None of the tokens was.")),
            new Plain(
                    "scaling",
                    "More of something",
                    List.of(
                            "An RS256 token at first sight, by one verifier for all threads, with so much of one thing and the usual of all others. With two",
                            "threads, times are those of one operation of one thread.")),
            new Plain(
                    "signing",
                    "Signing",
                    List.of(
                            "An access token signed by the token service, from claims that are written already, beside the JDK's bare signature of as long",
                            "a text with a key of the same kind.")),
            new Plain(
                    "jaxrs",
                    "JAX-RS behind the servlet filter",
                    List.of(
                            "A request that the servlet filter has let through, from Jersey's door to its response: in an application without Mapae (plain),",
                            "and with all of its filters (secured).")),
            new Plain(
                    "startup",
                    "Start-up",
                    List.of(
                            "A WAR with one page, deployed on a Tomcat that runs: as it is (plain), and with Mapae and its libraries in `WEB-INF/lib`, keys from",
                            "a file (secured). Cold: in a JVM each, which has deployed nothing before. Warm: in one JVM, in turns. CPU time is the deploying thread's.")),
            new Targets(),
            new Machine());

    private final Path file;

    /** A page to be written there. */
    public Page(Path file) {
        this.file = file;
    }

    /** Writes all anew. */
    public void write(List<Run> runs) throws IOException {
        for (Map.Entry<String, String> content : contents(runs).entrySet()) {
            Path path = file.resolveSibling(content.getKey());
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, content.getValue());
        }
    }

    /** The texts of the page and its pictures, by path from where the page is. */
    Map<String, String> contents(List<Run> all) {
        Runs runs = new Runs(all);
        Map<String, String> contents = new LinkedHashMap<>();
        contents.put(
                file.getFileName().toString(),
                Stream.concat(
                                Stream.of("<!-- written by mvn verify -Pbench -->"),
                                SECTIONS.stream().flatMap(section -> section.lines(runs)))
                        .collect(Collectors.joining("\n", TITLE, "\n"))
                        .replaceAll("\n+$", "\n"));
        for (Section section : SECTIONS) {
            section.charts(runs).forEach((name, svg) -> contents.put("images/" + name, svg));
        }
        return contents;
    }
}
