package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            /a/b,         /a/b,            true
            /a/b,         /a/b/,           true
            /a/b/,        /a/b,            true
            /a/b,         /a/b/c,          false
            /a/b,         /a,              false
            /a/b,         /a/B,            false
            /a/b,         /A/b,            false
            /a/b,         /a/bb,           false
            /a/b,         /b/a,            false
            /a/b,         /a b,            false
            /a.b,         /axb,            false
            /a+,          /aa,             false
            /[ab],        /a,              false
            /[ab],        /[ab],           true
            /,            /,               true
            /,            ``,              true
            /,            /a,              false
            /*,           /a,              true
            /*,           /a/,             true
            /*,           /,               false
            /*,           /a/b,            false
            /a/*,         /a/b,            true
            /a/*,         /a,              false
            /a/*,         /a/,             false
            /a/*,         /a/b/c,          false
            /a/*/c,       /a/b/c,          true
            /a/*/c,       /a/c,            false
            /a/*/c,       /a/b/b/c,        false
            /*.pdf,       /x.pdf,          true
            /*.pdf,       /.pdf,           true
            /*.pdf,       /x.pdf.exe,      false
            /*.pdf,       /xpdf,           false
            /*.pdf,       /x.PDF,          false
            /*.pdf,       /a/x.pdf,        false
            /x*,          /x,              true
            /x*,          /xy,             true
            /x*,          /yx,             false
            /x*z,         /xz,             true
            /x*z,         /xyyz,           true
            /x*z,         /xyz1,           false
            /x*y*z,       /xaybz,          true
            /x*y*z,       /xz,             false
            /x*.b,        /xabb,           false
            /**,          /,               true
            /**,          ``,              true
            /**,          /a,              true
            /**,          /a/b/c,          true
            /a/**,        /a,              true
            /a/**,        /a/,             true
            /a/**,        /a/b,            true
            /a/**,        /a/b/c/d,        true
            /a/**,        /ab,             false
            /a/**,        /,               false
            /a/**,        /b/a,            false
            /a/**,        /A/b,            false
            /a/*/c/**,    /a/b/c,          true
            /a/*/c/**,    /a/b/c/d/e,      true
            /a/*/c/**,    /a/c,            false
            /*/**,        /a,              true
            /*/**,        /a/b,            true
            /*/**,        /,               false
            """)
    void matches(String pattern, String path, boolean matches) {
        assertThat(PathPattern.of(pattern).matches(path)).isEqualTo(matches);
    }

    /** A pattern that searches again and again would still be at it tomorrow. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"/f/*-*-*.pdf", "/f/*-*-*-*-*-*.pdf", "/f/*a*a*a*a*a*a*b"})
    void noPathMakesItSearchTwice(String pattern) {
        for (String letter : List.of("-", "a")) {
            assertThat(PathPattern.of(pattern).matches("/f/" + letter.repeat(1_000_000)))
                    .isFalse();
        }
    }

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "a*b*c, abc, true",
        "a*b*c, axbxc, true",
        "a*b*c, abxbc, true",
        "a*b*c, ac, false",
        "a*b*c, acb, false",
        "ab*ba, aba, false",
        "ab*ba, abba, true",
        "*ab*ab*, ab, false",
        "*ab*ab*, abab, true",
        "*ab*b, ab, false"
    })
    void everyPieceIsFoundOnce(String pattern, String segment, boolean matches) {
        assertThat(PathPattern.of("/" + pattern).matches("/" + segment)).isEqualTo(matches);
    }

    @Test
    void aStarSpansLineFeeds() {
        assertThat(PathPattern.of("/*").matches("/a\nb")).isTrue();
        assertThat(PathPattern.of("/a*b").matches("/a\nb")).isTrue();
    }

    @ParameterizedTest(name = "{0} is everything: {1}")
    @CsvSource({"/**, true", "/, false", "/*, false", "/a/**, false", "/*/**, false"})
    void knowsEverything(String pattern, boolean everything) {
        assertThat(PathPattern.of(pattern).isEverything()).isEqualTo(everything);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            ``,          `a path pattern such as /api/** or /files/*.pdf, not `
            api,         `a path pattern such as /api/** or /files/*.pdf, not api`
            *,           `a path pattern such as /api/** or /files/*.pdf, not *`
            **,          `a path pattern such as /api/** or /files/*.pdf, not **`
            *.pdf,       `a path pattern such as /api/** or /files/*.pdf, not *.pdf`
            //,          `a path pattern such as /api/** or /files/*.pdf, not //`
            /a//b,       `a path pattern such as /api/** or /files/*.pdf, not /a//b`
            /a/../b,     `a path pattern such as /api/** or /files/*.pdf, not /a/../b`
            /./a,        `a path pattern such as /api/** or /files/*.pdf, not /./a`
            /caf%C3%A9,  `a path pattern such as /api/** or /files/*.pdf, not /caf%C3%A9`
            /users/{id}, `a path pattern such as /api/** or /files/*.pdf, not /users/{id}`
            /a?b=c,      `a path pattern such as /api/** or /files/*.pdf, not /a?b=c`
            /?,          `a path pattern such as /api/** or /files/*.pdf, not /?`
            /a\\b,       `a path pattern such as /api/** or /files/*.pdf, not /a\\b`
            /a%2fb,      `a path pattern such as /api/** or /files/*.pdf, not /a%2fb`
            /a;b,        `a path pattern such as /api/** or /files/*.pdf, not /a;b`
            /**/a,       `** only as the last segment of a path pattern, not /**/a`
            /**/**,      `** only as the last segment of a path pattern, not /**/**`
            /a/**/b,     `** only as the last segment of a path pattern, not /a/**/b`
            /a**,        `** only as the last segment of a path pattern, not /a**`
            /**a,        `** only as the last segment of a path pattern, not /**a`
            /***,        `** only as the last segment of a path pattern, not /***`
            """)
    void refuses(String pattern, String message) {
        assertThatThrownBy(() -> PathPattern.of(pattern))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
