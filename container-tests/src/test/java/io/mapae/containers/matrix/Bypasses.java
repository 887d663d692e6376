package io.mapae.containers.matrix;

import io.mapae.containers.matrix.Trial.Credentials;
import io.mapae.containers.matrix.Trial.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Other spellings of a path that asks for a caller: the servlet behind it must not run for nobody. */
final class Bypasses {
    private Bypasses() {}

    static Findings rule(Trial trial) {
        return tried(trial, "ruled");
    }

    static Findings constraint(Trial trial) {
        return tried(trial, "protected");
    }

    private static Findings tried(Trial trial, String tree) {
        Findings findings = new Findings()
                .expect(
                        "it does not run at all",
                        trial.outcome("/plain/public/page", Credentials.NONE).ran());
        for (String target : spellings(tree)) {
            Outcome outcome = trial.outcome(target, Credentials.NONE);
            findings.expect("ran for " + target, !outcome.ran());
        }
        return findings;
    }

    private static List<String> spellings(String tree) {
        String escaped = "%" + Integer.toHexString(tree.charAt(0)) + tree.substring(1);
        String twice = "%25" + escaped.substring(1);
        String upper = tree.toUpperCase(Locale.ROOT);
        List<String> all = new ArrayList<>();
        for (String path : List.of(
                "/T/page",
                "//T/page",
                "/./T/page",
                "/%2e/T/page",
                "/%2E/T/page",
                "/public/../T/page",
                "/public/%2e%2e/T/page",
                "/public/..;/T/page",
                "/public/..;x=1/T/page",
                "/public/..%2fT/page",
                "/public/..%5cT/page",
                "/public\\..\\T/page",
                "/;x=1/T/page",
                "/T;x=1/page",
                "/T;/page",
                "/T%3bx=1/page",
                "/T%2fpage",
                "/T%2Fpage",
                "/T%5cpage",
                "/T\\page",
                "\\T/page",
                "/T/",
                "/T",
                "/T//page",
                "/T/.",
                "/T/%2e",
                "/T/page/..",
                "/T/page;x=1",
                "/T/page;jsessionid=1",
                "/T/page%00",
                "/T%00/page",
                "/T%20/page",
                "/T%09/page",
                "/%c0%afT/page",
                "/T%c0%afpage",
                "/T/page%2e",
                "/T/page.",
                "/T/page%0a")) {
            all.add("/plain" + path.replace("T", tree));
        }
        for (String other : List.of(escaped, twice, upper)) {
            all.add("/plain/" + other + "/page");
        }
        all.add("//plain/" + tree + "/page");
        all.add("/%70lain/" + tree + "/page");
        all.add("/plain;x=1/" + tree + "/page");
        all.add("/basic/../plain/" + tree + "/page");
        all.add("http://127.0.0.1/plain/" + tree + "/page");
        return all;
    }
}
