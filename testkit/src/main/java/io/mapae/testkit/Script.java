package io.mapae.testkit;

import io.mapae.testkit.JwksServer.Behaviour;
import java.util.Map;
import java.util.function.Supplier;

/** What one answer is made of, as it was ordered when the request arrived. */
record Script(Behaviour behaviour, String good, Supplier<String> malformed, Map<String, String> headers) {
    static final Script NOT_FOUND = new Script(Behaviour.STATUS_404, "{}", () -> "{}", Map.of());

    Script {
        headers = Map.copyOf(headers);
    }
}
