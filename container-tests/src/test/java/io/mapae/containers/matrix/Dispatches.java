package io.mapae.containers.matrix;

import io.mapae.containers.matrix.Trial.Credentials;

/** Other dispatches of a request that came with a good token, and other filters of it. */
final class Dispatches {
    private Dispatches() {}

    static Findings async(Trial trial) {
        return continued(trial, "async");
    }

    static Findings asyncOriginal(Trial trial) {
        return continued(trial, "async-original");
    }

    private static Findings continued(Trial trial, String act) {
        Reply reply = trial.get("/public/page?do=" + act, Credentials.GOOD);
        return Requests.isAlice(new Findings(), reply)
                .expect("dispatch", "ASYNC", reply.seen("dispatch"))
                .expect("in the thread", "alice,true", reply.seen("thread"));
    }

    static Findings error(Trial trial) {
        Reply sent = trial.get("/public/page?do=send-error", Credentials.GOOD);
        Reply thrown = trial.get("/public/page?do=throw", Credentials.GOOD);
        Findings findings = new Findings().expect("sendError", 409, sent.status());
        Requests.seesAlice(findings, sent).expect("exception", 500, thrown.status());
        return Requests.seesAlice(findings, thrown).expect("dispatch", "ERROR", thrown.seen("dispatch"));
    }

    static Findings forward(Trial trial) {
        return dispatched(trial, "forward", "FORWARD");
    }

    static Findings include(Trial trial) {
        return dispatched(trial, "include", "INCLUDE");
    }

    private static Findings dispatched(Trial trial, String act, String type) {
        Reply reply = trial.get("/public/page?do=" + act, Credentials.GOOD);
        return Requests.isAlice(new Findings(), reply).expect("dispatch", type, reply.seen("dispatch"));
    }

    /** One before can see the caller only where the server knows it: on a path with a constraint. */
    static Findings filters(Trial trial) {
        Reply open = trial.get("/public/page", Credentials.GOOD);
        Reply constrained = trial.get("/protected/page", Credentials.GOOD);
        return new Findings()
                .expect("behind", "alice", open.seen("last"))
                .expect("before, with a constraint", "alice", constrained.seen("first"));
    }
}
