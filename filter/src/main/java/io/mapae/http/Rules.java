package io.mapae.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Rules in their order, the first match wins; what none covers needs a caller. Immutable. */
public final class Rules {
    private static final Rule OTHERWISE = new Rule(Set.of(), PathPattern.of("/**"), Demand.AUTHENTICATED, false, false);

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
        List<Rule> rules = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String line : text.split("[;\\r\\n]", -1)) {
            if (!line.isBlank()) {
                try {
                    boolean useless =
                            !rules.isEmpty() && rules.get(rules.size() - 1).isAboutEverything();
                    rules.add(Rule.parse(line));
                    if (useless) {
                        problems.add(quoted(line) + ": nothing after a rule that covers everything");
                    }
                } catch (IllegalArgumentException unexpected) {
                    problems.add(quoted(line) + ": " + unexpected.getMessage());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("in " + String.join("; in ", problems));
        }
        return new Rules(List.copyOf(rules));
    }

    private static String quoted(String line) {
        return "\"" + line.strip() + "\"";
    }

    /** Whether the path matters at all. */
    boolean differByPath() {
        return differByPath;
    }

    /** The rule for a request; its path is asked for only where it matters. */
    Rule of(String method, Supplier<String> path) {
        String asked = differByPath ? path.get() : "";
        for (Rule rule : rules) {
            if (rule.isAbout(method) && rule.pattern().matches(asked)) {
                return rule;
            }
        }
        return OTHERWISE;
    }
}
