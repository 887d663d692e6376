package io.mapae.config;

import io.mapae.config.Setting.Syntax;
import io.mapae.identity.ClaimPath;
import io.mapae.jws.Algorithm;
import io.mapae.verify.Policy;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The forms that settings have. */
public final class Syntaxes {
    /** As RFC 6454 §6.2 writes it: without the port that its scheme has anyway. */
    private static final Pattern ORIGIN =
            Pattern.compile("(?!https:.*:443$|http:.*:80$)https?://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[1-9][0-9]{0,4})?");

    private static final Pattern COOKIE_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");
    /** What cannot break or disguise a line of a log. */
    private static final Pattern VISIBLE = Pattern.compile("[^\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

    private static final Pattern WILDCARD = Pattern.compile("\\{audience}|\\*");

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]+");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern PROXY = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):([0-9]{1,5})");

    private Syntaxes() {}

    /** A text that matches as a whole. */
    public static Syntax<String> matching(Pattern pattern, String expected) {
        return text -> expect(pattern.matcher(text).matches(), text, expected);
    }

    /** What RFC 6265 lets a cookie be called. */
    public static Syntax<String> cookieName() {
        return matching(COOKIE_NAME, "a cookie's name");
    }

    /** Printable ASCII, spaces too. */
    public static Syntax<String> printable() {
        return matching(PRINTABLE, "printable ASCII");
    }

    static Syntax<String> keyReference() {
        return matching(
                Pattern.compile("(https?|file|classpath):.+|service:", Pattern.DOTALL),
                "an address of https:, http:, file: or classpath:, or service:");
    }

    static Syntax<Set<String>> names() {
        return named(NAME, "names of small letters, digits and hyphens");
    }

    static Syntax<Set<String>> tenants() {
        return named(TENANT, "tenants of letters, digits, full stops, hyphens and underscores");
    }

    private static Syntax<Set<String>> named(Pattern name, String expected) {
        return text -> {
            List<String> list = list().read(text);
            Set<String> names = new LinkedHashSet<>(list); // in their order, so that problems have the same each time
            boolean fit = names.stream().allMatch(name.asMatchPredicate());
            return expect(fit && names.size() == list.size(), names, expected + ", each once");
        };
    }

    /** {@code host:port} or {@code none}. */
    static Syntax<ProxySelector> proxy() {
        String expected = "host:port, such as proxy.example:3128, or none";
        return text -> {
            Matcher proxy = PROXY.matcher(text);
            if (text.equals("none")) {
                return HttpClient.Builder.NO_PROXY;
            }
            expect(proxy.matches(), text, expected);
            int port = Integer.parseInt(proxy.group(2));
            expect(port >= 1 && port <= 65535, text, expected);
            return ProxySelector.of(InetSocketAddress.createUnresolved(proxy.group(1), port));
        };
    }

    /** {@code true} or {@code false}. */
    public static Syntax<Boolean> bool() {
        return text -> expect(text.equals("true") || text.equals("false"), text.equals("true"), "true or false");
    }

    /** A whole number, both bounds among them. */
    public static Syntax<Integer> integer(int min, int max) {
        String expected = "a whole number from " + min + " to " + max;
        return text -> {
            expect(text.matches("[0-9]{1,9}"), text, expected);
            int value = Integer.parseInt(text);
            return expect(value >= min && value <= max, value, expected);
        };
    }

    /** ISO 8601, such as {@code PT30S}, both bounds among them. */
    public static Syntax<Duration> duration(Duration min, Duration max) {
        String expected = "an ISO 8601 duration from " + min + " to " + max + ", such as PT30S";
        return text -> {
            Duration value = duration(text, expected);
            return expect(value.compareTo(min) >= 0 && value.compareTo(max) <= 0, value, expected);
        };
    }

    private static Duration duration(String text, String expected) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException noDuration) {
            throw new IllegalArgumentException(expected, noDuration);
        }
    }

    /** A constant's name, in lower case. */
    public static <E extends Enum<E>> Syntax<E> oneOf(Class<E> type) {
        List<E> values = List.of(type.getEnumConstants());
        String expected = "one of " + values.stream().map(Syntaxes::name).collect(Collectors.joining(", "));
        return text -> values.stream()
                .filter(value -> name(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(expected));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** At least one element between commas, the spaces around it left off. */
    public static Syntax<List<String>> list() {
        return text -> {
            List<String> elements =
                    Arrays.stream(text.split(",", -1)).map(String::strip).toList();
            expect(!elements.contains(""), elements, "a list with something between its commas");
            return expect(
                    elements.stream().allMatch(VISIBLE.asMatchPredicate()), elements, "a list of printable texts");
        };
    }

    /** At least one element between commas, each counted once, in their order. */
    public static Syntax<Set<String>> set() {
        return text -> new LinkedHashSet<>(list().read(text));
    }

    static Syntax<List<ClaimPath>> paths() {
        return text -> list().read(text).stream()
                .map(path -> expect(
                        Arrays.stream(path.split("/")).allMatch(Syntaxes::isWholeOrNoWildcard),
                        path,
                        "{audience} and * as whole segments"))
                .map(ClaimPath::new)
                .toList();
    }

    private static boolean isWholeOrNoWildcard(String segment) {
        return !WILDCARD.matcher(segment).find() || WILDCARD.matcher(segment).matches();
    }

    /** Origins as browsers write them (RFC 6454 §6.2), between commas. */
    public static Syntax<Set<String>> origins() {
        return text -> {
            Set<String> origins = set().read(text);
            return expect(
                    origins.stream().allMatch(ORIGIN.asMatchPredicate()),
                    origins,
                    "origins as browsers write them, such as https://app.example or http://localhost:5173");
        };
    }

    static Syntax<Set<Algorithm>> algorithms() {
        return text -> list().read(text).stream()
                .map(name -> Algorithm.named(name)
                        .orElseThrow(
                                () -> new IllegalArgumentException("some of " + String.join(", ", Algorithm.names()))))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static Syntax<Policy.Types> types() {
        return text -> {
            Set<String> names = new LinkedHashSet<>(list().read(text));
            boolean absent = names.remove("none");
            return new Policy.Types(names, absent);
        };
    }

    /** {@code staff=user, board-admin=admin+user}. */
    static Syntax<Map<String, Set<String>>> mapping() {
        String expected = "pairs such as staff=user, board-admin=admin+user, each role on the left once";
        return text -> {
            Map<String, Set<String>> mapping = new LinkedHashMap<>();
            for (String pair : list().read(text)) {
                int equals = pair.lastIndexOf('=');
                expect(equals > 0 && equals < pair.length() - 1, pair, expected);
                Set<String> roles = Arrays.stream(pair.substring(equals + 1).split("\\+", -1))
                        .map(String::strip)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
                expect(!roles.contains(""), roles, expected);
                expect(mapping.put(pair.substring(0, equals).strip(), roles) == null, pair, expected);
            }
            return mapping;
        };
    }

    private static <T> T expect(boolean good, T value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(expected);
        }
        return value;
    }
}
