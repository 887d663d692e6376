package io.mapae.containers.matrix;

import io.mapae.containers.matrix.Trial.Credentials;
import io.mapae.containers.matrix.Trial.Outcome;

/** What a servlet's request says and does. */
final class Requests {
    private Requests() {}

    static Findings principal(Trial trial) {
        return isAlice(new Findings(), trial.get("/public/page", Credentials.GOOD))
                .expect(
                        "no token",
                        "none",
                        trial.get("/public/page", Credentials.NONE).seen("principal"));
    }

    static Findings isAlice(Findings findings, Reply reply) {
        findings.expect("status", 200, reply.status());
        return seesAlice(findings, reply);
    }

    static Findings seesAlice(Findings findings, Reply reply) {
        return findings.expect("principal", "alice", reply.seen("principal"))
                .expect("no Caller", reply.seen("caller").equals("true"));
    }

    static Findings roles(Trial trial) {
        Reply good = trial.get("/public/page", Credentials.GOOD);
        Reply none = trial.get("/public/page", Credentials.NONE);
        return new Findings()
                .expect("user", "true", good.seen("user"))
                .expect("admin", "false", good.seen("admin"))
                .expect("**", "true", good.seen("any"))
                .expect("nobody is user", "false", none.seen("user"))
                .expect("nobody is **", "false", none.seen("any"));
    }

    static Findings authType(Trial trial) {
        return new Findings()
                .expect(
                        "with a token",
                        "BEARER",
                        trial.get("/public/page", Credentials.GOOD).seen("auth"))
                .expect(
                        "without",
                        "null",
                        trial.get("/public/page", Credentials.NONE).seen("auth"));
    }

    static Findings authenticate(Trial trial) {
        Reply none = trial.get("/public/page?do=authenticate", Credentials.NONE);
        return isAlice(new Findings(), trial.get("/public/page?do=authenticate", Credentials.GOOD))
                .expect("no token", 401, none.status())
                .expect(
                        "challenge " + none.header("www-authenticate"),
                        none.header("www-authenticate").startsWith("Bearer"));
    }

    static Findings logout(Trial trial) {
        Reply reply = trial.get("/public/page?do=logout", Credentials.GOOD);
        return new Findings()
                .expect("status", 200, reply.status())
                .expect("principal", "none", reply.seen("principal"));
    }

    static Findings login(Trial trial) {
        return login(trial, Variant.BASIC);
    }

    static Findings loginContainer(Trial trial) {
        return login(trial, Variant.PLAIN);
    }

    private static Findings login(Trial trial, Variant application) {
        Reply reply = trial.get(application, "/public/page?do=login", Credentials.NONE);
        return new Findings().expect("status", 200, reply.status()).expect("principal", "zed", reply.seen("principal"));
    }

    static Findings badToken(Trial trial) {
        Outcome outcome = trial.outcome("/plain/public/page", Credentials.BAD);
        return new Findings().expect("status", 401, outcome.status()).expect("the servlet ran", !outcome.ran());
    }

    static Findings complete(Trial trial) {
        return isAlice(new Findings(), trial.get(Variant.COMPLETE, "/public/page", Credentials.GOOD))
                .expect(
                        "bad token",
                        401,
                        trial.get(Variant.COMPLETE, "/public/page", Credentials.BAD)
                                .status());
    }
}
