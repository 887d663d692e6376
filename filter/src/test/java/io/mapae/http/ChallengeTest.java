package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.http.Answer.Field;
import io.mapae.verify.Reason;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChallengeTest {
    /** Every reason there is: what the client gets to know. */
    private static final Map<String, List<String>> TABLE = table("""
            NO_TOKEN              | 401 |                    | An access token is needed
            SEVERAL_CREDENTIALS   | 400 | invalid_request    | More than one credential
            BAD_CREDENTIALS       | 400 | invalid_request    | Not a bearer token
            TOKEN_TOO_LONG        | 401 | invalid_token      | The token is malformed
            NOT_COMPACT           | 401 | invalid_token      | The token is malformed
            NOT_BASE64URL         | 401 | invalid_token      | The token is malformed
            NOT_JSON              | 401 | invalid_token      | The token is malformed
            BAD_HEADER            | 401 | invalid_token      | The token is malformed
            UNSUPPORTED_HEADER    | 401 | invalid_token      | The token is malformed
            ALGORITHM_NOT_ALLOWED | 401 | invalid_token      | The signature cannot be trusted
            NO_MATCHING_KEY       | 401 | invalid_token      | The signature cannot be trusted
            BAD_SIGNATURE         | 401 | invalid_token      | The signature cannot be trusted
            TYPE_NOT_ALLOWED      | 401 | invalid_token      | Not a plain access token
            NOT_AN_ACCESS_TOKEN   | 401 | invalid_token      | Not a plain access token
            PROOF_REQUIRED        | 401 | invalid_token      | Not a plain access token
            CLAIM_MISSING         | 401 | invalid_token      | A claim is not acceptable
            CLAIM_ILL_TYPED       | 401 | invalid_token      | A claim is not acceptable
            BAD_NAME              | 401 | invalid_token      | A claim is not acceptable
            WRONG_ISSUER          | 401 | invalid_token      | The token is from another issuer
            WRONG_AUDIENCE        | 401 | invalid_token      | The token is for another audience
            REVOKED               | 401 | invalid_token      | The token was revoked
            EXPIRED               | 401 | invalid_token      | The token has expired
            TOO_OLD               | 401 | invalid_token      | The token has expired
            NOT_YET_VALID         | 401 | invalid_token      | The token is not valid yet
            ISSUED_IN_FUTURE      | 401 | invalid_token      | The token is not valid yet
            LIVES_TOO_LONG        | 401 | invalid_token      | The token lives too long
            ROLE_MISSING          | 403 | insufficient_scope | A role is missing
            SCOPE_MISSING         | 403 | insufficient_scope | A scope is missing
            DENIED                | 403 |                    | Nobody may do this
            UNKNOWN_TO_CONTAINER  | 403 |                    | The server does not know the caller
            CLAIM_OF_OTHER_TYPE   | 403 |                    | A claim is of another type than is needed
            CROSS_SITE            | 403 |                    | The request comes from another site
            FOREIGN_ORIGIN        | 403 |                    | The request comes from another site
            AMBIGUOUS_PATH        | 400 |                    | The path could be read in two ways
            TOKEN_ID_MISSING      | 401 | invalid_token      | A claim is not acceptable
            TOKEN_USED            | 401 | invalid_token      | The token was used before
            BAD_TICKET            | 400 | invalid_request    | Not a ticket
            TICKET_UNKNOWN        | 401 | invalid_token      | The ticket is not valid here and now
            TICKET_EXPIRED        | 401 | invalid_token      | The ticket is not valid here and now
            TICKET_USED           | 401 | invalid_token      | The ticket is not valid here and now
            TICKET_OF_OTHER_PATH  | 401 | invalid_token      | The ticket is not valid here and now
            STORE_OUT_OF_REACH    | 503 |                    | The token cannot be checked now
            KEYS_OUT_OF_REACH     | 503 |                    | The token cannot be checked now
            REVOCATIONS_OUT_OF_REACH | 503 |                 | The token cannot be checked now
            """);

    private static Map<String, List<String>> table(String text) {
        return text.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .collect(Collectors.toMap(row -> row.get(0), Function.identity()));
    }

    @Test
    void theTableKnowsEveryReasonAndNoOther() {
        assertThat(TABLE.keySet())
                .isEqualTo(Arrays.stream(Reason.values()).map(Enum::name).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource
    void saysOfAReason(Reason reason) {
        Challenge challenge = Challenge.of(reason);
        assertThat(List.of(
                        reason.name(), String.valueOf(challenge.status()), challenge.error(), challenge.description()))
                .isEqualTo(TABLE.get(reason.name()));
    }

    @ParameterizedTest
    @EnumSource
    void fieldsOfAReason(Reason reason) {
        List<String> row = TABLE.getOrDefault(reason.name(), List.of());
        String error =
                row.get(2).isEmpty() ? "" : " error=\"" + row.get(2) + "\", error_description=\"" + row.get(3) + "\"";
        Field noStore = new Field("Cache-Control", "no-store");
        Field bearer = new Field("WWW-Authenticate", "Bearer" + error);
        List<Field> fields =
                switch (row.get(1)) {
                    case "401" -> List.of(noStore, bearer);
                    case "503" -> List.of(noStore, new Field("Retry-After", "1"));
                    default -> error.isEmpty() ? List.of(noStore) : List.of(noStore, bearer);
                };
        assertThat(Challenge.of(reason).fields(Optional.empty(), Set.of())).isEqualTo(fields);
    }

    /** RFC 6750 §3: no quote, no backslash, printable ASCII. */
    @ParameterizedTest
    @EnumSource
    void descriptionsFitAHeader(Reason reason) {
        assertThat(Challenge.of(reason).description()).matches("[A-Za-z ]+");
    }

    @ParameterizedTest(name = "{0}, realm {1}, scopes {2}")
    @CsvSource(delimiter = '>', quoteCharacter = '`', textBlock = """
            NO_TOKEN      > a            >        > Bearer realm="a"
            NO_TOKEN      > a b          >        > Bearer realm="a b"
            NO_TOKEN      > a"b          >        > Bearer realm="a\\"b"
            NO_TOKEN      > a\\b         >        > Bearer realm="a\\\\b"
            NO_TOKEN      > a\\"b        >        > Bearer realm="a\\\\\\"b"
            NO_TOKEN      > a, error="x" >        > Bearer realm="a, error=\\"x\\""
            EXPIRED       > a            >        > Bearer realm="a", error="invalid_token", error_description="The token has expired"
            SCOPE_MISSING >              > b      > Bearer error="insufficient_scope", error_description="A scope is missing", scope="b"
            SCOPE_MISSING >              > b a    > Bearer error="insufficient_scope", error_description="A scope is missing", scope="b a"
            SCOPE_MISSING > a            > b"c\\d > Bearer realm="a", error="insufficient_scope", error_description="A scope is missing", scope="b\\"c\\\\d"
            """)
    void quotes(Reason reason, String realm, String scopes, String challenge) {
        Set<String> names = scopes == null ? Set.of() : new LinkedHashSet<>(List.of(scopes.split(" ")));
        assertThat(Challenge.of(reason).fields(Optional.ofNullable(realm), names))
                .contains(new Field("WWW-Authenticate", challenge));
    }
}
