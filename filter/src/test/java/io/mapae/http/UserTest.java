package io.mapae.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.http.Answer.Admit;
import io.mapae.http.Answer.Reply;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Those whom the container knows by a session, or whose browser sends a password by itself. */
class UserTest {
    record OfUser(FakeRequest request) implements Request {
        @Override
        public String method() {
            return request.method();
        }

        @Override
        public String path() {
            return request.path();
        }

        @Override
        public String rawTarget() {
            return request.rawTarget();
        }

        @Override
        public String rawQuery() {
            return request.rawQuery();
        }

        @Override
        public Usage used() {
            return request.used();
        }

        @Override
        public List<String> headers(String name) {
            return request.headers(name);
        }

        @Override
        public List<String> cookies(String name) {
            return request.cookies(name);
        }

        @Override
        public boolean secure() {
            return request.secure();
        }

        @Override
        public Optional<User> user() {
            return Optional.of("user"::equals);
        }
    }

    @ParameterizedTest(name = "{0} {1} with {2} from {3}: {4}")
    @CsvSource({
        "GET,  /a,    '',          '',                  admitted",
        "POST, /a,    '',          '',                  admitted",
        "POST, /a,    same-origin, '',                  admitted",
        "POST, /a,    '',          http://app.example,  admitted",
        "POST, /a,    none,        '',                  403",
        "POST, /a,    cross-site,  '',                  403",
        "POST, /a,    same-site,   '',                  403",
        "POST, /a,    '',          http://evil.example, 403",
        "POST, /a,    '',          null,                403",
        "GET,  /a,    cross-site,  '',                  admitted",
        "POST, /open, cross-site,  '',                  admitted",
        "POST, /role, same-origin, '',                  admitted",
        "POST, /role, cross-site,  '',                  403",
        "GET,  /none, '',          '',                  403"
    })
    void mayNotBeSentByAnotherSite(String method, String path, String site, String origin, String expected) {
        FakeRequest request = FakeRequest.of(method, path).with("Host", "app.example");
        request = site.isEmpty() ? request : request.with("Sec-Fetch-Site", site);
        request = origin.isEmpty() ? request : request.with("Origin", origin);
        Answer answer = Gates.withRules("/open permit; /role role user; /none role admin; /** authenticated")
                .admit(new OfUser(request));
        assertThat(answer instanceof Reply reply ? String.valueOf(reply.status()) : "admitted")
                .isEqualTo(expected);
        if (answer instanceof Admit admit) {
            assertThat(admit.caller()).isEmpty();
        }
    }
}
