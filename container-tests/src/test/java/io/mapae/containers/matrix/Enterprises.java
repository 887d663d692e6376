package io.mapae.containers.matrix;

import io.mapae.containers.matrix.Trial.Credentials;

/** What the other APIs of Jakarta EE say of the caller. */
final class Enterprises {
    private Enterprises() {}

    static Findings restContext(Trial trial) {
        Reply good = trial.get(Variant.EXTENDED, "/rest/me", Credentials.GOOD);
        Reply none = trial.get(Variant.EXTENDED, "/rest/me", Credentials.NONE);
        return Requests.isAlice(new Findings(), good)
                .expect("user", "true", good.seen("user"))
                .expect("admin", "false", good.seen("admin"))
                .expect("scheme", "BEARER", good.seen("auth"))
                .expect("no token", "none", none.seen("principal"));
    }

    static Findings restRoles(Trial trial) {
        return new Findings()
                .expect("role", 200, status(trial, "/rest/user", Credentials.GOOD))
                .expect("wrong role", 403, status(trial, "/rest/admin", Credentials.GOOD))
                .expect("no token let in", status(trial, "/rest/user", Credentials.NONE) / 100 == 4);
    }

    private static int status(Trial trial, String path, Credentials credentials) {
        return trial.get(Variant.EXTENDED, path, credentials).status();
    }

    static Findings beanCaller(Trial trial) {
        return new Findings().expect("principal", "alice", enterprise(trial).seen("bean"));
    }

    static Findings beanRoles(Trial trial) {
        Reply none = trial.get(Variant.EXTENDED, "/enterprise", Credentials.NONE);
        return new Findings()
                .expect("role", "user", enterprise(trial).seen("bean-user"))
                .expect("wrong role", "refused", enterprise(trial).seen("bean-admin"))
                .expect("no token", "refused", none.seen("bean-user"));
    }

    static Findings security(Trial trial) {
        Reply good = enterprise(trial);
        return new Findings()
                .expect("principal", "alice", good.seen("security"))
                .expect("no Caller", good.seen("security-typed").equals("1"))
                .expect("user", "true", good.seen("security-user"))
                .expect("admin", "false", good.seen("security-admin"));
    }

    private static Reply enterprise(Trial trial) {
        return trial.get(Variant.EXTENDED, "/enterprise", Credentials.GOOD);
    }
}
