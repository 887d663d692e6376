package io.mapae.http;

import io.mapae.http.Answer.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Cross-origin requests (Fetch standard §3.2). Refusals carry the headers too: without them a page cannot see why it was
 * refused.
 *
 * @param origins the exact origins; empty leaves all of it to the application
 */
record Cors(Set<String> origins) {
    Cors {
        origins = Set.copyOf(origins);
    }

    private static final Pattern TOKENS = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~, -]+");
    private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Field VARY = new Field("Vary", "Origin");
    private static final Field EXPOSE = new Field("Access-Control-Expose-Headers", "WWW-Authenticate, Retry-After");
    private static final String MAX_AGE_SECONDS = "600";

    /** Whether this is a browser asking beforehand: such a request never carries a credential, nor any content. */
    static boolean isPreflight(Request request) {
        if (!request.method().equals("OPTIONS")) {
            return false;
        }
        List<String> method = request.headers("Access-Control-Request-Method");
        return request.headers("Origin").size() == 1
                && method.size() == 1
                && METHOD.matcher(method.get(0)).matches()
                && request.headers("Authorization").isEmpty()
                && request.headers("Transfer-Encoding").isEmpty()
                && request.headers("Content-Length").stream().allMatch("0"::equals);
    }

    boolean isOn() {
        return !origins.isEmpty();
    }

    /** What every response to {@code request} carries. */
    List<Field> fields(Request request) {
        if (!isOn()) {
            return List.of();
        }
        return allowed(request)
                .map(origin -> List.of(VARY, new Field("Access-Control-Allow-Origin", origin), EXPOSE))
                .orElse(List.of(VARY));
    }

    /** The answer to a preflight; empty if its origin is a foreign one. */
    Optional<Answer.Reply> preflight(Request request) {
        return allowed(request).map(origin -> {
            List<Field> fields = new ArrayList<>();
            fields.add(new Field("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"));
            fields.add(new Field("Access-Control-Allow-Origin", origin));
            echo(request, "Access-Control-Request-Method", "Access-Control-Allow-Methods", fields);
            echo(request, "Access-Control-Request-Headers", "Access-Control-Allow-Headers", fields);
            fields.add(new Field("Access-Control-Max-Age", MAX_AGE_SECONDS));
            return new Answer.Reply(204, fields, Optional.empty());
        });
    }

    /** What such an origin may do is for the rules to say, so the browser is granted whatever it asks for. */
    private static void echo(Request request, String asked, String granted, List<Field> fields) {
        String value = String.join(", ", request.headers(asked));
        if (TOKENS.matcher(value).matches()) {
            fields.add(new Field(granted, value));
        }
    }

    private Optional<String> allowed(Request request) {
        List<String> origin = request.headers("Origin");
        return origin.size() == 1 && origins.contains(origin.get(0)) ? Optional.of(origin.get(0)) : Optional.empty();
    }
}
