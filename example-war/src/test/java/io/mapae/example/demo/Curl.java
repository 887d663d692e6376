package io.mapae.example.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Does what the very text of a line tells curl to do, each time over a connection of its own, as curl does. */
final class Curl {
    private static final String LOGIN = "username=%s&password=" + Account.PASSWORD;

    /** A word of a shell command, quoted or not. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z]+)");

    private Curl() {}

    static HttpResponse<String> run(String curl) throws IOException, InterruptedException {
        List<String> words = WORD.matcher(curl).results().map(Curl::word).toList();
        HttpRequest.Builder request = HttpRequest.newBuilder().timeout(Duration.ofSeconds(20));
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-i" -> {}
                case "-H" -> {
                    String[] field = words.get(++i).split(": ", 2);
                    request.header(field[0], field[1]);
                }
                case "-X" -> request.method(words.get(++i), BodyPublishers.noBody());
                case "--data" -> request.POST(BodyPublishers.ofString(words.get(++i)));
                default -> request.uri(URI.create(words.get(i)));
            }
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    /** The same, in a shell that has these variables. */
    static HttpResponse<String> run(String curl, Map<String, String> variables)
            throws IOException, InterruptedException {
        return run(VARIABLE.matcher(curl).replaceAll(match -> variables.get(match.group(1))));
    }

    private static String word(MatchResult match) {
        return Stream.of(1, 2, 3)
                .map(match::group)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    /** An access token of that account. */
    static String login(URI auth, Account account) throws IOException, InterruptedException {
        return found("access_token", form(auth.resolve("auth/login"), "", LOGIN.formatted(account.title())));
    }

    /** A ticket for that path of the application. */
    static String ticket(URI auth, String token, String path) throws IOException, InterruptedException {
        return found("ticket", form(auth.resolve("auth/ticket"), token, "path=" + path));
    }

    private static String form(URI address, String token, String form) throws IOException, InterruptedException {
        String bearer = token.isEmpty() ? "" : " -H 'Authorization: Bearer " + token + "'";
        String type = " -H 'Content-Type: application/x-www-form-urlencoded'";
        return run("curl " + address + bearer + type + " --data '" + form + "'").body();
    }

    /** The text that a JSON object has under that name. */
    static String found(String name, String json) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!matcher.find()) {
            throw new AssertionError("no " + name + " in " + json);
        }
        return matcher.group(1);
    }
}
