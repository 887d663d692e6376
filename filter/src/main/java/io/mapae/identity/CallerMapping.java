package io.mapae.identity;

import io.mapae.jws.Claims;
import io.mapae.verify.VerifiedToken;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a verified token becomes a {@link Caller}. Immutable.
 *
 * @param roles where the roles stand
 * @param roleMapping the application's names for a role of the issuer's; one that is not listed keeps its name
 * @param scopes where the scopes stand
 * @param audiences what {@code {audience}} in a path stands for
 */
public record CallerMapping(
        List<ClaimPath> roles, Map<String, Set<String>> roleMapping, List<ClaimPath> scopes, Set<String> audiences)
        implements Callers {

    public CallerMapping {
        roles = List.copyOf(roles);
        roleMapping = roleMapping.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, mapped -> Set.copyOf(mapped.getValue())));
        scopes = List.copyOf(scopes);
        audiences = Set.copyOf(audiences);
    }

    @Override
    public Caller caller(VerifiedToken token, String text, int from) {
        return token.companion(this, TokenCaller.class, this::withoutText).with(text, from);
    }

    private TokenCaller withoutText(VerifiedToken token) {
        return new TokenCaller(
                token.name(),
                token.issuer(),
                token.claims().time("exp").orElseThrow(),
                strings(roles, token.claims())
                        .flatMap(role -> roleMapping.getOrDefault(role, Set.of(role)).stream())
                        .collect(Collectors.toUnmodifiableSet()),
                strings(scopes, token.claims()).collect(Collectors.toUnmodifiableSet()),
                token.claims().asMap());
    }

    private Stream<String> strings(List<ClaimPath> paths, Claims claims) {
        return paths.stream().flatMap(path -> path.strings(claims.asMap(), audiences));
    }
}
