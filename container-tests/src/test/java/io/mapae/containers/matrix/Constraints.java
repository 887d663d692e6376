package io.mapae.containers.matrix;

import io.mapae.containers.matrix.Trial.Credentials;

/** Where the server itself asks for a caller. */
final class Constraints {
    private Constraints() {}

    static Findings declared(Trial trial) {
        return constrained(trial, Variant.PLAIN, "/protected/page", "/admin/page");
    }

    static Findings annotated(Trial trial) {
        return constrained(trial, Variant.PLAIN, "/for-users", "/for-admins");
    }

    static Findings complete(Trial trial) {
        return constrained(trial, Variant.COMPLETE, "/protected/page", "/admin/page");
    }

    private static Findings constrained(Trial trial, Variant application, String path, String adminPath) {
        Reply none = trial.get(application, path, Credentials.NONE);
        Reply good = trial.get(application, path, Credentials.GOOD);
        Findings findings = new Findings();
        findings.expect("good token", 200, good.status());
        if (good.status() == 200) {
            findings.expect("principal", "alice", good.seen("principal"));
            findings.expect("no Caller", good.seen("caller").equals("true"));
        }
        findings.expect("no token", 401, none.status());
        if (none.status() == 401) {
            String challenge = none.header("www-authenticate");
            findings.expect("challenge " + challenge, challenge.startsWith("Bearer"));
        }
        findings.expect(
                "bad token", 401, trial.get(application, path, Credentials.BAD).status());
        findings.expect(
                "wrong role",
                403,
                trial.get(application, adminPath, Credentials.GOOD).status());
        return findings;
    }
}
