package io.mapae.config;

import io.mapae.config.Assembly.Trusted;
import io.mapae.identity.CallerMapping;
import io.mapae.identity.ClaimPath;
import io.mapae.jws.Algorithm;
import io.mapae.keys.KeySource;
import io.mapae.verify.Issuer;
import io.mapae.verify.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The settings of one issuer, or of one whose name is a template for several tenants. */
record IssuerSettings(Values values, Setting<String> uri, KeySettings keys) {
    static final String ANY = "*";
    static final String TENANT = "{tenant}";

    /** Reports every problem; what it returns makes the issuers, to be asked after there was none. */
    Supplier<List<Trusted>> read() {
        Settings.all().stream()
                .filter(setting -> setting.scope() != Setting.Scope.APPLICATION)
                .forEach(values::get);
        values.require(uri);
        values.require(Settings.AUDIENCE);
        String template = values.get(uri).orElse("");
        List<Optional<Known>> known = new ArrayList<>();
        for (UnaryOperator<String> filled : tenants(template)) {
            String name = filled.apply(template);
            known.add(keys.keys(name, filled).map(source -> new Known(name, source, keys.algorithms(source))));
        }
        return () -> {
            warnOfWhatIsWide();
            return known.stream().map(Optional::orElseThrow).map(this::trusted).toList();
        };
    }

    private record Known(String name, KeySource keys, Set<Algorithm> algorithms) {}

    /** What puts each tenant into a text; what leaves it as it is, where the name is no template. */
    private List<UnaryOperator<String>> tenants(String template) {
        boolean several = uri.equals(Settings.URI_OF_ISSUER) && template.contains(TENANT);
        if (several != values.isSet(Settings.TENANTS) && uri.equals(Settings.URI_OF_ISSUER)) {
            values.problem(Settings.TENANTS, "needed exactly where uri has " + TENANT + " in it");
        }
        if (!several) {
            return List.of(UnaryOperator.identity());
        }
        return values.get(Settings.TENANTS).orElse(Set.of()).stream()
                .<UnaryOperator<String>>map(tenant -> text -> text.replace(TENANT, tenant))
                .toList();
    }

    private Trusted trusted(Known known) {
        Policy policy = new Policy(
                known.name(),
                new Policy.Audience(values.must(Settings.AUDIENCE_CLAIM), audiences()),
                known.algorithms(),
                values.must(Settings.TOKEN_TYPES),
                new Policy.Times(
                        values.must(Settings.CLOCK_SKEW),
                        values.get(Settings.MAX_TOKEN_AGE),
                        values.get(Settings.MAX_TOKEN_LIFETIME)),
                values.must(Settings.REQUIRED_CLAIMS),
                values.get(Settings.PRESET).map(Preset::demandedValues).orElse(Map.of()),
                values.must(Settings.PRINCIPAL_CLAIM),
                values.must(Settings.MAX_TOKEN_LENGTH));
        CallerMapping mapping = new CallerMapping(
                values.must(Settings.ROLES_CLAIMS),
                values.get(Settings.ROLE_MAPPING).orElse(Map.of()),
                values.must(Settings.SCOPE_CLAIMS),
                audiences());
        return new Trusted(new Issuer(policy, known.keys()), mapping);
    }

    /** The accepted ones; none where any is. */
    private Set<String> audiences() {
        Set<String> audiences = values.must(Settings.AUDIENCE);
        return audiences.contains(ANY) ? Set.of() : audiences;
    }

    private void warnOfWhatIsWide() {
        if (audiences().isEmpty()) {
            values.warn(values.name(Settings.AUDIENCE)
                    + " = *: tokens that were issued for other services are accepted here");
        }
        warnOfWidePaths(Settings.ROLES_CLAIMS, "roles");
        warnOfWidePaths(Settings.SCOPE_CLAIMS, "scopes");
    }

    private void warnOfWidePaths(Setting<List<ClaimPath>> setting, String what) {
        boolean any = audiences().isEmpty();
        for (ClaimPath path : values.must(setting)) {
            String place = values.name(setting) + " " + path.text() + ": ";
            if (path.isWild()) {
                values.warn(place + what + " that were granted for other applications count here");
            }
            if (any && path.namesAudience()) {
                values.warn(place + "gives no " + what + ", as audience is *");
            }
        }
    }
}
