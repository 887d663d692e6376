package io.mapae.benchmarks;

import java.util.List;

/** What the JAX-RS filters add to a request that the servlet filter has let through. */
final class JaxRsPart implements Part {
    private static int warmUps(Pace pace) {
        return pace.of(2_000, 2_000, 2); // after which all that matters is compiled, however busy the machine
    }

    private static int turns(Pace pace) {
        return pace.of(10_000, 1_000, 5);
    }

    @Override
    public String settings(Pace pace) {
        return turns(pace) + " turns each of " + Turns.CALLS + " requests, after " + warmUps(pace) + " to warm up";
    }

    @Override
    public List<Measurement> measure(Pace pace) throws Exception {
        JaxRs jaxRs = new JaxRs(Tokens.good(Scheme.RS256).text());
        return new Turns(jaxRs::plain, jaxRs::secured).measure(warmUps(pace), turns(pace));
    }
}
