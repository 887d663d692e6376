package io.mapae.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.jws.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimPathTest {
    private static List<String> strings(String path, String claims, String... audiences) {
        return new ClaimPath(path)
                .strings(Json.object(claims.getBytes(StandardCharsets.UTF_8)).orElseThrow(), Set.of(audiences))
                .toList();
    }

    @ParameterizedTest(name = "{0} in {1} -> {2}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                // arrays and words
                "r | {\"r\":[\"a\",\"b\"]} | [a, b]",
                "r | {\"r\":\"a b\"} | [a, b]",
                "r | {\"r\":\" a  b \"} | [a, b]",
                "r | {\"r\":\"a,b\"} | [a,b]",
                "r | {\"r\":\"a\\tb\"} | [a\tb]",
                "r | {\"r\":[\"a b\"]} | [a b]",
                "r | {\"r\":[]} | []",
                "r | {\"r\":\"\"} | []",
                "r | {\"r\":\"  \"} | []",
                "r | {\"r\":[\"a\",1,null,true,[\"x\"],{\"y\":1},\"b\"]} | [a, b]",
                // of another type, or not there
                "r | {} | []",
                "r | {\"r\":null} | []",
                "r | {\"r\":1} | []",
                "r | {\"r\":true} | []",
                "r | {\"r\":{\"a\":1}} | []",
                "R | {\"r\":\"a\"} | []",
                "'' | {\"\":\"a\"} | []",
                // members of members
                "a/r | {\"a\":{\"r\":[\"x\"]}} | [x]",
                "a/b/c/r | {\"a\":{\"b\":{\"c\":{\"r\":\"x y\"}}}} | [x, y]",
                "a/r | {\"a\":{}} | []",
                "a/r | {\"a\":null} | []",
                "a/r | {\"a\":{\"r\":null}} | []",
                "a/r | {\"a\":[{\"r\":\"x\"}]} | []",
                "a/r | {\"a\":\"r\"} | []",
                "a/r | {\"r\":\"x\"} | []",
                "a//r | {\"a\":{\"\":{\"r\":\"x\"}}} | [x]",
                // the whole name first
                "a/r | {\"a/r\":\"x\",\"a\":{\"r\":\"y\"}} | [x]",
                "a/r | {\"a/r\":null,\"a\":{\"r\":\"y\"}} | [y]",
                "a/r | {\"a/r\":1,\"a\":{\"r\":\"y\"}} | []",
                "https://e.org/r | {\"https://e.org/r\":[\"x\"]} | [x]",
                "a/b/r | {\"a\":{\"b/r\":\"x\"}} | []",
                "* | {\"*\":\"x\",\"r\":\"y\"} | [x]",
                // every member
                "* | {\"r\":\"x\",\"s\":[\"y\"],\"n\":1} | [x, y]",
                "a/*/r | {\"a\":{\"b\":{\"r\":\"x\"},\"c\":{\"r\":[\"y\"]},\"d\":null,\"e\":1}} | [x, y]",
                "a/*x/r | {\"a\":{\"bx\":{\"r\":\"x\"}}} | []",
                // each audience
                "a/{audience}/r | {\"a\":{\"app\":{\"r\":\"x\"},\"other\":{\"r\":\"y\"}}} | [x]",
                "a/{audience} | {\"a\":{\"app\":[\"x\"],\"app2\":[\"z\"],\"other\":[\"y\"]}} | [x, z]",
                "{audience} | {\"app\":\"x\",\"other\":\"y\"} | [x]",
                "a/{audience}/r | {\"a\":{\"other\":{\"r\":\"y\"}}} | []",
                "a/{audience}/r | {\"a\":{\"{audience}\":{\"r\":\"y\"}}} | []",
                "a/{audience}/r | {\"a\":{\"app\":null}} | []",
                "a/x{audience}/r | {\"a\":{\"xapp\":{\"r\":\"y\"}}} | []",
                "{audience}/r | {\"{audience}/r\":\"x\",\"app\":{\"r\":\"y\"}} | [x]",
            })
    void reads(String path, String claims, String strings) {
        assertThat(strings(path, claims, "app", "app2"))
                .containsExactlyInAnyOrderElementsOf(
                        strings.equals("[]")
                                ? List.of()
                                : List.of(strings.substring(1, strings.length() - 1)
                                        .split(", ")));
    }

    @ParameterizedTest(name = "{0}: wild {1}, audience {2}")
    @CsvSource({
        "r, false, false",
        "*, true, false",
        "a/*/r, true, false",
        "a/*, true, false",
        "a/*x/r, false, false",
        "a/**/r, false, false",
        "a/{audience}/r, false, true",
        "{audience}, false, true",
        "a/audience/r, false, false",
        "{audience}/*, true, true",
    })
    void tellsWhatItDependsOn(String path, boolean wild, boolean audience) {
        assertThat(new ClaimPath(path).isWild()).isEqualTo(wild);
        assertThat(new ClaimPath(path).namesAudience()).isEqualTo(audience);
    }
}
