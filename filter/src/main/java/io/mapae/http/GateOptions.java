package io.mapae.http;

import java.util.Optional;
import java.util.Set;

/**
 * How requests are looked at and refusals worded.
 *
 * @param rules who may do what where
 * @param tokenCookie a cookie that may bring the token when there is no {@code Authorization} header
 * @param origins the application's own origins, as browsers see them
 * @param corsOrigins other origins whose pages may call the application
 * @param realm named in the challenge
 * @param body the body of refusals
 * @param explain whether the body tells which check failed: for development only
 * @param exempt the paths of a token service, which looks itself at what comes there
 */
public record GateOptions(
        Rules rules,
        Optional<String> tokenCookie,
        Set<String> origins,
        Set<String> corsOrigins,
        Optional<String> realm,
        RefusalBody body,
        boolean explain,
        Paths exempt) {
    public GateOptions {
        origins = Set.copyOf(origins);
        corsOrigins = Set.copyOf(corsOrigins);
    }

    /** Where there is no token service. */
    public GateOptions(
            Rules rules,
            Optional<String> tokenCookie,
            Set<String> origins,
            Set<String> corsOrigins,
            Optional<String> realm,
            RefusalBody body,
            boolean explain) {
        this(rules, tokenCookie, origins, corsOrigins, realm, body, explain, Paths.NONE);
    }
}
