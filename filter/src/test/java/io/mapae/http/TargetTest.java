package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TargetTest {
    /** Of a segment: at the start, in the middle and at the end of a path, alone and inside a name. */
    private static Stream<String> places(String form) {
        return Stream.of("/" + form, "/" + form + "/b", "/a/" + form + "/b", "/a/" + form, "/a/" + form + "/");
    }

    static Stream<String> ambiguous() {
        Stream<String> dots = Stream.of(".", "..", "%2e", "%2E", "%2e%2e", "%2E%2e", ".%2e", "%2e.");
        Stream<String> inNames = Stream.of(
                        "%2f", "%2F", "\\", "%5c", "%5C", "%", "%4", "%%32", "%g0", "%0g", "%u002f", ";", ";x=1")
                .flatMap(form -> Stream.of(form, "x" + form, form + "x", "x" + form + "x"));
        Stream<String> controls = IntStream.concat(IntStream.range(0, 0x20), IntStream.of(0x7F))
                .boxed()
                .flatMap(c -> Stream.of(
                        String.valueOf((char) c.intValue()), String.format("%%%02x", c), String.format("x%%%02Xx", c)));
        Stream<String> sessions = Stream.of(
                "/a;jsessionid=1/b",
                "/a;jsessionid",
                "/a;jsessionid=1;x=2",
                "/a;x=2;jsessionid=1",
                "/a;jsessionid=1;jsessionid=2",
                "/a;jsessionid =1",
                "/a;jsessionid=%2f..%2fb",
                "/a;jsessionid=\\..\\b",
                "/a;jsessionid=%5c",
                "/a;jsessionid=%00",
                "/a;jsessionid=%zz",
                "/a;jsessionid=1\n",
                "/a;jsessionid=\n1",
                "/a;jsessionid=\u007F",
                "/..;jsessionid=1",
                "/a/.;jsessionid=1",
                "/a//;jsessionid=1",
                "/a%2f;jsessionid=1",
                "/..;/a",
                "/a/..;/b");
        Stream<String> slashes = Stream.of("//", "//a", "/a//b", "/a//", "///", "//evil.example/a");
        return Stream.of(
                        Stream.of(dots, inNames, controls).flatMap(form -> form).flatMap(TargetTest::places),
                        sessions,
                        slashes)
                .flatMap(form -> form);
    }

    @ParameterizedTest
    @MethodSource("ambiguous")
    void couldBeReadInTwoWays(String target) {
        assertThat(Target.isAmbiguous(target)).isTrue();
    }

    static Stream<String> clear() {
        List<String> names = List.of(
                "a",
                "a.b",
                ".a",
                "a.",
                "..a",
                "a..",
                "...",
                ".well-known",
                "a..b",
                "a.%2eb",
                "%2ea",
                "%20",
                "%21",
                "%2d",
                "%2E%2e%2e",
                "%5b",
                "%5d",
                "%7e",
                "%80",
                "%25",
                "%25%32%66",
                "%c3%a4",
                "\u00E4",
                "~",
                "a:b",
                "a@b",
                "a=b",
                "a+b",
                "a,b",
                "a&b",
                "$",
                "!",
                "*",
                "'",
                "(a)",
                "|");
        return Stream.concat(
                names.stream().flatMap(TargetTest::places),
                Stream.of(
                        "",
                        "/",
                        "/a;jsessionid=1A2b.node-3!4~5_6:7",
                        "/a/;JSESSIONID=1",
                        "/;jsessionid=",
                        "/a;Jsessionid=1"));
    }

    @ParameterizedTest
    @MethodSource("clear")
    void meansOnePathToEveryone(String target) {
        assertThat(Target.isAmbiguous(target)).isFalse();
    }
}
