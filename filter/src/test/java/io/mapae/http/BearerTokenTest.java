package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.verify.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
    /** In the tables, {@code |} stands between two headers and a word in braces for what cannot be seen. */
    private static List<String> values(String cell) {
        return Arrays.stream(cell.split("\\|", -1))
                .map(value -> value.replace("{tab}", "\t")
                        .replace("{nbsp}", "\u00A0")
                        .replace("{em}", "\u2003")
                        .replace("{fs}", "\u001C")
                        .replace("{lf}", "\n")
                        .replace("{nul}", "\0")
                        .replace("{umlaut}", "\u00E4")
                        .replace("{wide}", "\uFF21"))
                .toList();
    }

    private static String outcome(BearerToken token) {
        if (token instanceof BearerToken.Present present) {
            return present.flaw().map(Reason::name).orElseGet(present::token);
        }
        return token instanceof BearerToken.Malformed malformed
                ? malformed.reason().name()
                : "none";
    }

    @ParameterizedTest(name = "Authorization: {0} -> {1}")
    @CsvSource(delimiter = '>', quoteCharacter = '`', textBlock = """
            Bearer a.b.c                        > a.b.c
            bearer a.b.c                        > a.b.c
            BEARER a.b.c                        > a.b.c
            bEaReR a.b.c                        > a.b.c
            Bearer    a.b.c                     > a.b.c
            ` Bearer a.b.c `                    > a.b.c
            Bearer AZaz09-._~+/                 > AZaz09-._~+/
            Bearer a=                           > a=
            Bearer a======                      > a======
            Bearer Bearer                       > Bearer
            Bearer basic                        > basic
            Bearer                              > BAD_CREDENTIALS
            bearer                              > BAD_CREDENTIALS
            `Bearer   `                         > BAD_CREDENTIALS
            Bearer =                            > BAD_CREDENTIALS
            Bearer ==                           > BAD_CREDENTIALS
            Bearer =a                           > BAD_CREDENTIALS
            Bearer a=b                          > BAD_CREDENTIALS
            Bearer a b                          > BAD_CREDENTIALS
            Bearer Bearer a                     > BAD_CREDENTIALS
            Bearer a; b                         > BAD_CREDENTIALS
            Bearer a:b                          > BAD_CREDENTIALS
            Bearer a%2e                         > BAD_CREDENTIALS
            Bearer a"                           > BAD_CREDENTIALS
            Bearer "a"                          > BAD_CREDENTIALS
            Bearer token="a"                    > BAD_CREDENTIALS
            Bearer a{tab}b                      > BAD_CREDENTIALS
            Bearer a{lf}b                       > BAD_CREDENTIALS
            Bearer a{nul}                       > BAD_CREDENTIALS
            Bearer a{umlaut}                    > BAD_CREDENTIALS
            Bearer {wide}                       > BAD_CREDENTIALS
            Bearer {nbsp}a                      > BAD_CREDENTIALS
            Bearer {em}a                        > BAD_CREDENTIALS
            Bearer {fs}a                        > BAD_CREDENTIALS
            Bearer {tab}a                       > BAD_CREDENTIALS
            Bearer{tab}a                        > BAD_CREDENTIALS
            Bearer{nbsp}a                       > BAD_CREDENTIALS
            Bearer{lf}a                         > BAD_CREDENTIALS
            Bearer=a                            > BAD_CREDENTIALS
            Bearer:a                            > BAD_CREDENTIALS
            Bearer,a                            > SEVERAL_CREDENTIALS
            Bearer a, b                         > SEVERAL_CREDENTIALS
            Bearer a,b                          > SEVERAL_CREDENTIALS
            Bearer a,                           > SEVERAL_CREDENTIALS
            Bearer ,a                           > SEVERAL_CREDENTIALS
            Bearer a,Bearer a                   > SEVERAL_CREDENTIALS
            Bearer a, Bearer b                  > SEVERAL_CREDENTIALS
            Bearer a, Basic b                   > SEVERAL_CREDENTIALS
            Bearer , Basic b                    > SEVERAL_CREDENTIALS
            Basic x, Bearer y                   > SEVERAL_CREDENTIALS
            Basic x,bearer y                    > SEVERAL_CREDENTIALS
            Basic x,  BEARER y                  > SEVERAL_CREDENTIALS
            Basic x,{tab}Bearer{tab}y           > SEVERAL_CREDENTIALS
            Basic x, Bearer                     > SEVERAL_CREDENTIALS
            Digest username="a", Bearer y       > SEVERAL_CREDENTIALS
            Bearer a|Bearer a                   > SEVERAL_CREDENTIALS
            Bearer a|Bearer b                   > SEVERAL_CREDENTIALS
            Basic x|Bearer a                    > SEVERAL_CREDENTIALS
            Bearer a|Basic x                    > SEVERAL_CREDENTIALS
            Basic x|Basic y                     > SEVERAL_CREDENTIALS
            Bearer a|                           > SEVERAL_CREDENTIALS
            ``                                  > none
            Basic dTpw                          > none
            Basic Bearer                        > none
            Basic Bearer a                      > none
            Digest username="a", realm="b"      > none
            Digest bearer="a", nonce="b"        > none
            Digest a="b", bearer="c"            > none
            DPoP a.b.c                          > none
            BearerX a                           > none
            Bearer-MAC a                        > none
            XBearer a                           > none
            a.b.c                               > none
            """)
    void readsHeaders(String header, String outcome) {
        assertThat(outcome(BearerToken.inHeaders(values(header)))).isEqualTo(outcome);
    }

    @Test
    void noHeaderIsNoToken() {
        assertThat(outcome(BearerToken.inHeaders(List.of()))).isEqualTo("none");
    }

    @Test
    void takesExactlyTheCharactersOfB64token() {
        String taken = IntStream.rangeClosed(0, 0xFFFF)
                .filter(c -> outcome(BearerToken.inHeaders(List.of("Bearer a" + (char) c + "a")))
                        .equals("a" + (char) c + "a"))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(taken).isEqualTo("+-./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~");
    }

    @ParameterizedTest(name = "cookie {0} -> {1}")
    @CsvSource(delimiter = '>', quoteCharacter = '`', textBlock = """
            a.b.c     > a.b.c
            ``        > none
            a|b       > SEVERAL_CREDENTIALS
            a|a       > SEVERAL_CREDENTIALS
            a|        > SEVERAL_CREDENTIALS
            |         > SEVERAL_CREDENTIALS
            a,b       > SEVERAL_CREDENTIALS
            Bearer a  > BAD_CREDENTIALS
            "a.b.c"   > BAD_CREDENTIALS
            ` a`      > BAD_CREDENTIALS
            a b       > BAD_CREDENTIALS
            =         > BAD_CREDENTIALS
            a%2eb     > BAD_CREDENTIALS
            a{nul}    > BAD_CREDENTIALS
            {umlaut}  > BAD_CREDENTIALS
            """)
    void readsCookies(String cookie, String outcome) {
        assertThat(outcome(BearerToken.inCookies(values(cookie)))).isEqualTo(outcome);
    }

    @Test
    void noCookieIsNoToken() {
        assertThat(outcome(BearerToken.inCookies(List.of()))).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret.token.text", "s"})
    void doesNotPrintTheToken(String token) {
        assertThat(BearerToken.inHeaders(List.of("Bearer " + token)))
                .hasToString("Present[" + token.length() + " characters]");
    }
}
