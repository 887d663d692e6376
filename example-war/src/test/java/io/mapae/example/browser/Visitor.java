package io.mapae.example.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.WaitUntilState;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with cookies of their own and any number of tabs; and what was seen of all of them. */
final class Visitor implements AutoCloseable {
    /** Violations of the content security policy are said like errors. */
    private static final String VIOLATION = "violation: ";

    private static final String LISTENER = "addEventListener('securitypolicyviolation', (event) => console.error(`"
            + VIOLATION + "${event.effectiveDirective} ${event.blockedURI}`))";

    private static final Set<String> TOKEN_PATHS = Set.of("auth/login", "auth/refresh");
    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern EXPIRY = Pattern.compile("\"exp\"\\s*:\\s*(\\d+)");

    private final BrowserContext context;
    private final URI base;
    private final List<Response> responses = new ArrayList<>();
    private final List<String> sent = new ArrayList<>();
    private final List<String> console = new ArrayList<>();

    Visitor(BrowserContext context, URI base) {
        this.context = context;
        this.base = base;
        context.addInitScript(LISTENER);
        context.onRequest(request -> sent.add(request.url()));
        context.onPage(page -> page.onWebSocket(socket -> sent.add(socket.url())));
        context.onResponse(responses::add);
        context.onConsoleMessage(message -> console.add(message.type() + " " + message.text()));
        context.onWebError(error -> console.add("uncaught " + error.error()));
    }

    /** A new tab with the page in it, when it is known who is logged in. */
    Tab open(String query) {
        Page page = context.newPage();
        page.navigate(query, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        return new Tab(page).settled();
    }

    Tab open() {
        return open("");
    }

    Tab logIn(String name) {
        return open().logIn(name);
    }

    /** What was answered since {@link #forget}, such as {@code POST auth/refresh 200}; files of the page are left out. */
    List<String> answers() {
        return responses.stream()
                .map(response -> response.request().method() + " " + path(response.url()) + " " + response.status())
                .filter(line -> line.contains(" api/") || line.contains(" auth/") || line.contains(" demo/"))
                .toList();
    }

    /** How many of {@link #answers} begin so. */
    long count(String beginning) {
        return answers().stream().filter(line -> line.startsWith(beginning)).count();
    }

    /** The access tokens that came since {@link #forget}; to be asked for before the page that got them goes. */
    List<String> tokens() {
        return responses().stream() // a copy: others come while a body is waited for
                .filter(response -> response.ok() && TOKEN_PATHS.contains(path(response.url())))
                .flatMap(response -> TOKEN.matcher(response.text()).results())
                .map(token -> token.group(1))
                .toList();
    }

    /** When the last of {@link #tokens} is over, by its own {@code exp}. */
    Instant expiry() {
        List<String> tokens = tokens();
        String[] parts = tokens.get(tokens.size() - 1).split("\\.", -1);
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        Matcher expiry = EXPIRY.matcher(claims);
        if (!expiry.find()) {
            throw new AssertionError("a token without exp");
        }
        return Instant.ofEpochSecond(Long.parseLong(expiry.group(1)));
    }

    List<Response> responses() {
        return List.copyOf(responses);
    }

    /** The addresses of all requests, also of those that opened sockets. */
    List<String> sent() {
        return List.copyOf(sent);
    }

    /** What pages wrote to the console, and what they threw. */
    List<String> console() {
        return List.copyOf(console);
    }

    /** What pages threw or wrote as errors, except that an answer was 4xx or 5xx, which browsers log. */
    List<String> errors() {
        return console.stream()
                .filter(line -> line.startsWith("error") || line.startsWith("uncaught"))
                .filter(line -> !line.startsWith("error Failed to load resource"))
                .toList();
    }

    List<String> violations() {
        String beginning = "error " + VIOLATION;
        return console.stream()
                .filter(line -> line.startsWith(beginning))
                .map(line -> line.substring(beginning.length()))
                .toList();
    }

    List<Cookie> cookies() {
        return context.cookies();
    }

    void forget() {
        responses.clear();
    }

    /** Below the site, without the query. */
    String path(String url) {
        String path = url.replaceFirst("\\?.*", "");
        return path.startsWith(base.toString()) ? path.substring(base.toString().length()) : path;
    }

    @Override
    public void close() {
        context.close();
    }
}
