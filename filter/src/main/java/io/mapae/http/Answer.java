package io.mapae.http;

import io.mapae.identity.Caller;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What becomes of a request. */
public sealed interface Answer {
    /**
     * It goes on to the application.
     *
     * @param caller who calls; empty for a request without a token where none is needed
     * @param fields to be put on the response
     */
    record Admit(Optional<Caller> caller, List<Field> fields) implements Answer {
        public Admit {
            fields = List.copyOf(fields);
        }
    }

    /**
     * It ends here with this response: a refusal, or the answer to a preflight.
     *
     * @param status 204 for a preflight, else 400, 401, 403 or 503
     * @param fields all of the response's fields but {@code Content-Type} and {@code Content-Length}
     * @param body what follows them, or would, were the method not {@code HEAD} (RFC 9110 §9.3.2)
     */
    record Reply(int status, List<Field> fields, Optional<Body> body) implements Answer {
        public Reply {
            fields = List.copyOf(fields);
        }
    }

    /** A response field (RFC 9110 §5). */
    record Field(String name, String value) {
        private static final Set<String> LISTS = Set.of("Vary", "WWW-Authenticate");

        /** Whether others may have said something by it too; every other field of ours has one value. */
        public boolean isList() {
            return LISTS.contains(name);
        }
    }

    /**
     * A response's content.
     *
     * @param mediaType the whole {@code Content-Type}
     * @param text to be sent as UTF-8
     */
    record Body(String mediaType, String text) {}
}
