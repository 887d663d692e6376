package io.mapae.http;

import io.mapae.http.Answer.Field;
import io.mapae.http.Answer.Reply;
import io.mapae.verify.Reason;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes responses of reasons, each of which is logged. Safe for use by several threads. */
final class Refusals {
    private static final Logger LOG = System.getLogger("io.mapae.http");

    private final GateOptions options;
    private final RefusalLog log;
    private final AtomicBoolean bodyFailed = new AtomicBoolean();

    Refusals(GateOptions options, RefusalLog log) {
        this.options = options;
        this.log = log;
    }

    /**
     * The response.
     *
     * @param scopes what the challenge asks for (RFC 6750 §3)
     * @param others what it carries besides
     */
    Reply reply(Grounds grounds, Set<String> scopes, List<Field> others) {
        Reason reason = grounds.reason();
        String detail = grounds.detail();
        Challenge challenge = Challenge.of(reason);
        log.log(challenge.status(), grounds);
        String explanation = options.explain() ? reason + (detail.isEmpty() ? "" : ": " + detail) : "";
        Refusal refusal = new Refusal(challenge.status(), reason, challenge.description(), explanation);
        List<Field> fields = new ArrayList<>(challenge.fields(options.realm(), scopes));
        fields.addAll(others);
        return new Reply(challenge.status(), fields, body(refusal));
    }

    private Optional<Answer.Body> body(Refusal refusal) {
        try {
            return Objects.requireNonNull(options.body().of(refusal));
        } catch (RuntimeException | LinkageError foreign) {
            if (bodyFailed.compareAndSet(false, true)) { // once: whoever is refused must not be able to fill the disk
                LOG.log(
                        Level.WARNING,
                        "The application's RefusalBody failed; the standard body is sent instead",
                        foreign);
            }
            return RefusalBody.PROBLEM.of(refusal);
        }
    }
}
