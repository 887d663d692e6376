package io.mapae.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.http.Usage;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gate gets to see of a JAX-RS request. */
class RestViewTest {
    @ParameterizedTest(name = "{1} in the application \"{0}\" is {2}")
    @CsvSource({
        "'',     /api/things,                        /api/things",
        "/app,   /app/api/things,                    /api/things",
        "/a/b,   /a/b/api/things,                    /api/things",
        "/app,   /app/,                              /",
        "/app,   /app,                               ''",
        "'',     /,                                  /",
        "/app,   /app/app/things,                    /app/things",
        "/app,   /app/api/things?x=/app,             /api/things",
        "/app,   /app/api/things;jsessionid=1A.node, /api/things",
        "'',     /api/things;jsessionid=,            /api/things",
        "/app,   /app/api/a%20b%C3%A4,               /api/a bä",
        "'',     /api/%7bid%7D,                      /api/{id}",
        "'',     /api/a;JSessionID=1,                /api/a",
        "'',     /api/a%3Bjsessionid=1,              /api/a;jsessionid=1",
        "'',     /api/a%3Bjsessionid=1/secret,       /api/a;jsessionid=1/secret",
        "'',     /api/%20;jsessionid=1,              '/api/ '",
        "'',     /api/a;jsessionid=1/secret,         /api/a;jsessionid=1/secret",
        "'',     /api/a;v=1,                         /api/a;v=1"
    })
    void path(String contextPath, String target, String path) {
        assertThat(view(contextPath, target).path()).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/app/api/a%20b?c=%20,       /app/api/a%20b",
        "/app/api/a;jsessionid=1A?c, /app/api/a;jsessionid=1A",
        "/app/api/a%2Fb//c/./d,      /app/api/a%2Fb//c/./d"
    })
    void rawTargetIsAsItWasSent(String target, String raw) {
        assertThat(view("/app", target).rawTarget()).isEqualTo(raw);
    }

    @ParameterizedTest
    @CsvSource({"/app/api, ''", "/app/api?, ''", "/app/api?a=%20b&ticket=c, a=%20b&ticket=c", "/app/api?a?b, a?b"})
    void rawQueryIsAsItWasSent(String target, String raw) {
        assertThat(view("/app", target).rawQuery()).isEqualTo(raw);
    }

    @Test
    void headersAreAllOccurrencesInTheirOrder() {
        RestView view = withField("Authorization", "Bearer a", "Bearer b");
        assertThat(view.headers("Authorization")).containsExactly("Bearer a", "Bearer b");
        assertThat(view.headers("Origin")).isEmpty();
        assertThat(view.cookies("token")).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "token=a                          | a",
                "other=x; token=a; more=y         | a",
                "token=a; token=b                 | a,b",
                "token=a;token=b                  | a,b",
                "' token=a ;  token=b '           | a,b",
                "token=\"a\"                      | a",
                "token=\"                         | \"",
                "token=\"\"                       | ''",
                "token=                           | ''",
                "token=a=b==                      | a=b==",
                "tokens=x; xtoken=y; token=a      | a",
                "tokenx=y                         | none",
                "TOKEN=y                          | none",
                "token                            | none",
                "x=token=a                        | none",
                "'x=1, token=a'                   | none",
                "''                               | none"
            })
    void cookies(String field, String values) {
        assertThat(withField("Cookie", field).cookies("token"))
                .isEqualTo(values.equals("none") ? List.of() : List.of(values.split(",", -1)));
    }

    @Test
    void cookiesOfSeveralFields() {
        assertThat(withField("Cookie", "token=a; x=1", "token=b", "x=2").cookies("token"))
                .containsExactly("a", "b");
    }

    @Test
    void withoutSecurityContextNothingIsKnownToBeSecure() {
        assertThat(view("", "/").secure()).isFalse();
    }

    private static RestView view(String contextPath, String target) {
        return new RestView(
                "GET",
                URI.create("http://localhost:8080" + target),
                new MultivaluedHashMap<>(),
                null,
                contextPath,
                Usage::new);
    }

    private static RestView withField(String name, String... values) {
        MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
        fields.put(name, List.of(values));
        return new RestView("GET", URI.create("http://localhost:8080/"), fields, null, "", Usage::new);
    }
}
