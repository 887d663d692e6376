package io.mapae.jaxrs;

import io.mapae.http.Request;
import io.mapae.http.Usage;
import io.mapae.identity.Caller;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JAX-RS request as the gate sees it.
 *
 * @param contextPath of the web application, decoded, which its own paths begin after
 * @param usage what is kept with the request of what it has used up
 */
record RestView(
        String method,
        URI target,
        MultivaluedMap<String, String> fields,
        @Nullable SecurityContext security,
        String contextPath,
        Supplier<Usage> usage)
        implements Request {
    /** For a target that is not below the application, where the paths of rules would mean something else. */
    private static final String UNREADABLE = "//";

    /** Looked for before decoding, as an encoded semicolon is a character of the path; without escapes, to decode to itself. */
    private static final Pattern SESSION = Pattern.compile(";jsessionid=[^;/%]*$", Pattern.CASE_INSENSITIVE);

    @Override
    public String path() {
        String path = target.getPath();
        Matcher session = SESSION.matcher(target.getRawPath());
        String decoded = session.find()
                ? path.substring(0, path.length() - session.group().length())
                : path;
        return isInside(decoded) ? decoded.substring(contextPath.length()) : decoded;
    }

    private boolean isInside(String path) {
        return path.startsWith(contextPath)
                && (path.length() == contextPath.length() || path.charAt(contextPath.length()) == '/');
    }

    @Override
    public String rawTarget() {
        return isInside(target.getPath()) ? target.getRawPath() : UNREADABLE;
    }

    @Override
    public String rawQuery() {
        return Optional.ofNullable(target.getRawQuery()).orElse("");
    }

    @Override
    public Usage used() {
        return usage.get();
    }

    @Override
    public List<String> headers(String name) {
        return Optional.ofNullable(fields.get(name)).orElse(List.of());
    }

    /** RFC 6265 §4.2.1; the quotes around a value are no part of it, as for servlets. */
    @Override
    public List<String> cookies(String name) {
        return headers("Cookie").stream()
                .flatMap(field -> Arrays.stream(field.split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .map(value -> value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                        ? value.substring(1, value.length() - 1)
                        : value)
                .toList();
    }

    @Override
    public Optional<User> user() {
        return Optional.ofNullable(security)
                .filter(known -> known.getUserPrincipal() != null)
                .filter(known -> Caller.of(known.getUserPrincipal()).isEmpty()
                        && !"BEARER".equals(known.getAuthenticationScheme()))
                .map(known -> known::isUserInRole);
    }

    @Override
    public boolean secure() {
        return security != null && security.isSecure();
    }
}
