package io.mapae.containers.matrix;

import io.mapae.containers.matrix.Trial.Credentials;
import java.util.Map;

/** Users whom the server knows, of applications that log them in themselves. */
final class Logins {
    private Logins() {}

    static Findings basic(Trial trial) {
        Reply none = trial.get(Variant.BASIC, "/protected/page", Credentials.NONE);
        Reply zed = trial.get(Variant.BASIC, "/protected/page", Credentials.BASIC);
        Reply wrong = trial.get(Variant.BASIC, "/protected/page", Credentials.WRONG_BASIC);
        Reply admin = trial.get(Variant.BASIC, "/admin/page", Credentials.BASIC);
        Findings findings = new Findings()
                .expect("nobody", 401, none.status())
                .expect(
                        "challenge " + none.header("www-authenticate"),
                        none.header("www-authenticate").contains("Basic"))
                .expect("user", 200, zed.status())
                .expect("principal", "zed", zed.seen("principal"))
                .expect("wrong password", 401, wrong.status())
                .expect("wrong role", 403, admin.status());
        return Requests.isAlice(findings, trial.get(Variant.BASIC, "/public/page", Credentials.GOOD));
    }

    static Findings form(Trial trial) {
        Server server = trial.server();
        Reply asked = trial.get(Variant.FORM, "/protected/page", Credentials.NONE);
        Map<String, String> session =
                Map.of("Cookie", asked.cookies(), "Content-Type", "application/x-www-form-urlencoded");
        if (asked.status() / 100 == 3) {
            server.get(path(asked.header("location")), session);
        }
        Reply sent = server.send("POST", "/form/j_security_check", session, "j_username=zed&j_password=zed");
        String cookies = sent.cookies().isEmpty() ? asked.cookies() : sent.cookies();
        Reply zed = server.get("/form/protected/page", Map.of("Cookie", cookies));
        Findings findings = new Findings()
                .expect("no form", asked.status() / 100 == 3 || asked.body().contains("j_security_check"))
                .expect("sent", 3, sent.status() / 100)
                .expect("user", 200, zed.status())
                .expect("principal", "zed", zed.seen("principal"));
        return Requests.isAlice(findings, trial.get(Variant.FORM, "/public/page", Credentials.GOOD));
    }

    private static String path(String location) {
        return location.replaceFirst("^https?://[^/]+", "");
    }
}
