package io.mapae.containers.matrix;

import io.mapae.containers.ServerProcess;
import io.mapae.containers.matrix.Trial.Credentials;
import io.mapae.containers.matrix.Trial.Outcome;
import java.io.IOException;
import java.time.Duration;

/** The same application without Mapae takes its place. */
final class Redeployments {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Redeployments() {}

    /** Neither open nor failing at every request: the application is not there. */
    static Findings wrong(Trial trial) throws IOException {
        trial.addWrong();
        trial.server().process().await(() -> {
            String said = trial.server().process().said();
            return said.contains("isuer: unknown") || said.contains("[/wrong] startup failed");
        });
        int status = trial.get(Variant.WRONG, "/public/page", Credentials.NONE).status();
        return new Findings().expect("status: " + status, status == 404 || status == 503);
    }

    static Findings nothingLeft(Trial trial) throws IOException {
        trial.takeMapaeOut();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!trial.server().answers("/plain/bare.txt")) {
            if (System.nanoTime() > deadline) {
                return new Findings().expect("not redeployed", false);
            }
            ServerProcess.pause();
        }
        Reply good = trial.get("/public/page", Credentials.GOOD);
        Outcome bad = trial.outcome("/plain/public/page", Credentials.BAD);
        return new Findings()
                .expect("good token", 200, good.status())
                .expect("principal", "none", good.seen("principal"))
                .expect("bad token", 200, bad.status())
                .expect("the servlet did not run", bad.ran())
                .expect(
                        "constraint let in",
                        trial.get("/protected/page", Credentials.GOOD).status() != 200);
    }
}
