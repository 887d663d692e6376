package io.mapae.example.demo;

import io.mapae.example.demo.Api.Opinion;
import io.mapae.verify.Reason;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Each check that the server made of a token, as its answer tells. */
final class Inspection {
    private static final String ACCEPTED = "ACCEPTED";

    private enum Result {
        PASS,
        FAIL,
        NOT_REACHED;

        /** Checks are made in their order, until one fails; which one is not known of what was refused for no token's sake. */
        static Result of(Check check, Optional<Check> failed, boolean isGood) {
            if (isGood) {
                return PASS;
            }
            int order = failed.map(check::compareTo).orElse(1);
            return order == 0 ? FAIL : order < 0 ? PASS : NOT_REACHED;
        }
    }

    private Inspection() {}

    /** {@code verdict}, and {@code checks} with a {@code result} each: {@code pass}, {@code fail} or {@code not reached}. */
    static JsonObject of(Opinion opinion, Locale language) {
        String reason = opinion.explanation().split(":", 2)[0];
        Optional<Check> failed = named(reason).flatMap(Check::of);
        JsonArrayBuilder checks = Json.createArrayBuilder();
        for (Check check : Check.values()) {
            Result result = Result.of(check, failed, opinion.isGood());
            String detail = result == Result.FAIL ? opinion.explanation() + " ≠ " : "";
            checks.add(Json.createObjectBuilder()
                    .add("check", check.title(language))
                    .add("result", result.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .add("detail", detail + check.meaning(language)));
        }
        String refusal = reason.isEmpty() ? "HTTP " + opinion.status() : reason;
        String verdict = opinion.isGood() ? ACCEPTED : refusal;
        return Json.createObjectBuilder()
                .add("verdict", verdict)
                .add("checks", checks)
                .build();
    }

    private static Optional<Reason> named(String name) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.name().equals(name))
                .findFirst();
    }
}
