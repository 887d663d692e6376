package io.mapae.http;

import io.mapae.http.Answer.Body;
import java.util.Optional;

/** RFC 9457 with the type {@code about:blank}, whose title is the status's own phrase (§4.2.1). */
final class ProblemBody implements RefusalBody {
    @Override
    public Optional<Body> of(Refusal refusal) {
        String explanation =
                refusal.explanation().isEmpty() ? "" : ",\"explanation\":\"" + escaped(refusal.explanation()) + "\"";
        return Optional.of(new Body(
                "application/problem+json",
                "{\"type\":\"about:blank\",\"title\":\"" + title(refusal.status()) + "\",\"status\":" + refusal.status()
                        + ",\"detail\":\"" + escaped(refusal.description()) + "\"" + explanation + "}"));
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            default -> "Service Unavailable";
        };
    }

    /** Our own texts hold no control character; a claim's name from the settings may hold a quote. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
