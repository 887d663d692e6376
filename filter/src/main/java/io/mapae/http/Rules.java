package io.mapae.http;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Rules in their order, the first match wins; what none covers needs a caller. Immutable. */
public final class Rules {
    private static final Rule OTHERWISE =
            new Rule(Set.of(), PathPattern.of("/**"), Rule.Access.AUTHENTICATED, Set.of());

    private final List<Rule> rules;
    private final boolean differByPath;

    private Rules(List<Rule> rules) {
        this.rules = rules;
        this.differByPath = rules.stream().anyMatch(rule -> !rule.pattern().isEverything());
    }

    /**
     * Reads rules, one a line or between semicolons.
     *
     * @throws IllegalArgumentException with what was expected
     */
    public static Rules parse(String text) {
        return new Rules(Arrays.stream(text.split("[;\\r\\n]"))
                .filter(line -> !line.isBlank())
                .map(Rule::parse)
                .toList());
    }

    /** Whether the path matters at all. */
    boolean differByPath() {
        return differByPath;
    }

    /** The rule for a request; its path is asked for only where it matters. */
    Rule of(String method, Supplier<String> path) {
        List<String> segments = differByPath ? PathPattern.segments(path.get()) : List.of();
        return rules.stream()
                .filter(rule -> rule.isAbout(method) && rule.pattern().matches(segments))
                .findFirst()
                .orElse(OTHERWISE);
    }
}
