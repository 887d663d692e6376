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

    /** RFC 8259 §7; a control character, which only a claim's name could hold, is left out. */
    private static String escaped(String text) {
        return text.replaceAll("[\\x00-\\x1f]", "").replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
