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

    private Inspection() {}

    /** {@code verdict}, and {@code checks} with a {@code result} each: {@code pass}, {@code fail} or {@code not reached}. */
    static JsonObject of(Opinion opinion, Locale language) {
        String[] reason = opinion.explanation().split(": ", 2);
        String verdict = opinion.isGood() ? ACCEPTED : reason[0].isEmpty() ? "HTTP " + opinion.status() : reason[0];
        Optional<Check> failed = named(reason[0]).flatMap(Check::of);
        JsonArrayBuilder checks = Json.createArrayBuilder();
        for (Check check : Check.values()) {
            int order = failed.map(check::compareTo).orElse(opinion.isGood() ? -1 : 1);
            checks.add(Json.createObjectBuilder()
                    .add("check", check.title(language))
                    .add("result", order < 0 ? "pass" : order == 0 ? "fail" : "not reached")
                    .add("detail", (order == 0 ? opinion.explanation() + " ≠ " : "") + check.meaning(language)));
        }
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
