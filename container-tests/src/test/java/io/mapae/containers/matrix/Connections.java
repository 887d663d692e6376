package io.mapae.containers.matrix;

import io.mapae.containers.ServerProcess;
import io.mapae.containers.matrix.Trial.Credentials;
import java.io.EOFException;
import java.io.IOException;
import java.util.Optional;

/** What becomes of the connection, and what the server writes down. */
final class Connections {
    private static final int LOOKS = 50;

    private Connections() {}

    static Findings keptAfterRefusals(Trial trial) throws IOException {
        Findings findings = new Findings();
        try (Wire wire = trial.server().wire()) {
            findings.expect("no token", 401, ask(wire, "/plain/ruled/page", Credentials.NONE));
            findings.expect("bad token", 401, ask(wire, "/plain/public/page", Credentials.BAD));
            findings.expect("then", 200, ask(wire, "/plain/ruled/page", Credentials.GOOD));
            findings.expect(
                    "with a body",
                    401,
                    wire.send("POST", "/plain/ruled/page", Credentials.BAD.headers, "unread")
                            .status());
            findings.expect("then", 200, ask(wire, "/plain/ruled/page", Credentials.GOOD));
        } catch (EOFException closed) {
            findings.expect("closed", false);
        }
        return findings;
    }

    static Findings keptAfterConstraint(Trial trial) throws IOException {
        Findings findings = new Findings();
        try (Wire wire = trial.server().wire()) {
            findings.expect("no token", 401, ask(wire, "/plain/protected/page", Credentials.NONE));
            findings.expect("bad token", 401, ask(wire, "/plain/protected/page", Credentials.BAD));
            findings.expect("then", 200, ask(wire, "/plain/public/page", Credentials.GOOD));
        } catch (EOFException closed) {
            findings.expect("closed", false);
        }
        return findings;
    }

    private static int ask(Wire wire, String target, Credentials credentials) throws IOException {
        return wire.send("GET", target, credentials.headers, "").status();
    }

    static Findings accessLog(Trial trial) throws IOException {
        trial.get("/public/noted", Credentials.GOOD);
        for (int look = 0; look < LOOKS; look++) {
            Optional<String> line = trial.server()
                    .accessLog()
                    .lines()
                    .filter(each -> each.contains("/public/noted"))
                    .findFirst();
            if (line.isPresent()) {
                return new Findings()
                        .expect("without a name", line.get().replace("\"", "").startsWith("alice"));
            }
            ServerProcess.pause();
        }
        return new Findings().expect("no line", false);
    }
}
