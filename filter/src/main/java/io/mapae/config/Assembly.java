package io.mapae.config;

import io.mapae.http.Demand;
import io.mapae.http.GateOptions;
import io.mapae.http.Once;
import io.mapae.identity.CallerMapping;
import io.mapae.jws.Engines;
import io.mapae.keys.JwksEndpoints;
import io.mapae.replay.ReplayStore;
import io.mapae.revocation.RevocationFeed;
import io.mapae.verify.CacheSize;
import io.mapae.verify.Issuer;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the parts of the filter are made from, each part's own.
 *
 * @param issuers at least one, no two of the same name
 * @param engines who checks their tokens' signatures
 * @param endpoints those of the issuers whose keys come from the network; yet to be started
 * @param revocations where there is a source of them; yet to be started
 * @param cache how many verified tokens are known again
 * @param failFast whether nothing starts without all keys
 * @param replay what is to be closed at the end
 * @param once what is used once only, noted there
 * @param unannotated what is demanded where annotations could say something, and do not
 */
public record Assembly(
        List<Trusted> issuers,
        Engines engines,
        JwksEndpoints endpoints,
        Optional<RevocationFeed> revocations,
        CacheSize cache,
        boolean failFast,
        GateOptions gate,
        ReplayStore replay,
        Once once,
        Demand unannotated,
        List<String> warnings) {
    /** An issuer that is trusted, and how its tokens become callers. */
    public record Trusted(Issuer issuer, CallerMapping mapping) {}
}
