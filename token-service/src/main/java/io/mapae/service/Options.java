package io.mapae.service;

import io.mapae.service.throttle.Address;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What settings say of the endpoints.
 *
 * @param cookiePath as browsers see it
 * @param proxies by address, whose word on who called is taken
 * @param clients who may introspect, with their secrets
 */
public record Options(
        String issuer,
        String clientId,
        List<String> audiences,
        String cookieName,
        String cookiePath,
        Set<String> origins,
        Set<Address> proxies,
        Map<String, String> clients) {
    /** Nothing of it: it holds secrets. */
    @Override
    public String toString() {
        return "Options";
    }
}
