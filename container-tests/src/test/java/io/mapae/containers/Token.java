package io.mapae.containers;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/** A token as its issuer gave it, and what is in it, unverified. */
record Token(String text) {
    String keyId() {
        return header().path("kid").asString();
    }

    JsonNode header() {
        return part(0);
    }

    JsonNode claims() {
        return part(1);
    }

    private JsonNode part(int index) {
        byte[] json = Base64.getUrlDecoder().decode(text.split("\\.", -1)[index]);
        return Http.parse(new String(json, StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Token[" + keyId() + "]";
    }
}
