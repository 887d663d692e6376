package io.mapae.service.http;

import io.mapae.service.key.SigningKeys;
import io.mapae.service.token.ClaimsWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What verifiers need to know (RFC 8414, OpenID Connect Discovery), and the keys (RFC 7517). */
record Metadata(String issuer, SigningKeys keys) {
    private static final String AN_HOUR = "public, max-age=3600";

    /** {@code GET jwks.json}. */
    Reply keySet(Exchange exchange) {
        SigningKeys.Published published = keys.published();
        return Reply.document(published.jwkSet(), published.cacheControl());
    }

    /** {@code GET .well-known/openid-configuration}. */
    Reply describe(Exchange exchange) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("issuer", issuer);
        metadata.put("jwks_uri", issuer + "/jwks.json");
        metadata.put("token_endpoint", issuer + "/refresh");
        metadata.put("introspection_endpoint", issuer + "/introspect");
        metadata.put("revocation_endpoint", issuer + "/revoke");
        metadata.put("response_types_supported", List.of());
        metadata.put("grant_types_supported", List.of("refresh_token"));
        metadata.put("token_endpoint_auth_methods_supported", List.of("none"));
        metadata.put("subject_types_supported", List.of("public"));
        return Reply.document(new String(ClaimsWriter.write(metadata), StandardCharsets.UTF_8), AN_HOUR);
    }
}
