package io.mapae.service.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a client asks for: scopes (RFC 6749 §3.3) and resources (RFC 8707 §2), of those that it may have. */
final class Grants {
    /** Possessive: what may be had by giving back is nothing, and costs the stack. */
    private static final Pattern SCOPES = Pattern.compile("[!#-\\[\\]-~]++(?: [!#-\\[\\]-~]++)*+");

    /** As stores keep it. */
    private static final int MAX_SCOPES = 2000;

    private Grants() {}

    /** The scopes that are asked for, else all. */
    static Set<String> scopes(Parameters parameters, Set<String> granted) throws RefusedException {
        Optional<Set<String>> asked = scopes(parameters);
        if (asked.isPresent() && !granted.containsAll(asked.get())) {
            throw new RefusedException(Failure.INVALID_SCOPE);
        }
        return asked.orElse(granted);
    }

    /** The same without a look at what may be had: what is no scope at all is refused before anything is computed. */
    static Optional<Set<String>> scopes(Parameters parameters) throws RefusedException {
        Optional<String> text = parameters.get("scope");
        if (text.isPresent()
                && (text.get().length() > MAX_SCOPES
                        || !SCOPES.matcher(text.get()).matches())) {
            throw new RefusedException(Failure.INVALID_SCOPE);
        }
        return text.map(scopes -> new LinkedHashSet<>(List.of(scopes.split(" ", -1))));
    }

    /** The one audience that is asked for, else all. */
    static List<String> audiences(Parameters parameters, List<String> granted) throws RefusedException {
        Optional<String> resource = parameters.get("resource");
        if (resource.isEmpty()) {
            return granted;
        }
        if (!granted.contains(resource.get()) || !isAbsolute(resource.get())) {
            throw new RefusedException(Failure.INVALID_TARGET);
        }
        return List.of(resource.get());
    }

    private static boolean isAbsolute(String resource) {
        try {
            URI uri = new URI(resource);
            return uri.isAbsolute() && uri.getRawFragment() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
