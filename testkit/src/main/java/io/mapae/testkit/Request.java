package io.mapae.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The head of an HTTP request; names of headers are in lower case. */
record Request(String path, String protocol, Map<String, List<String>> headers) {
    static final Request NONE = new Request("", "", Map.of());

    private static final int MAX_LENGTH = 65_536;
    private static final String END = "\r\n";

    Request {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Empty if the client leaves before the end, or what it says is not HTTP/1 or is endless. */
    static Optional<Request> read(InputStream in) throws IOException {
        String[] lines = head(in).split(END, -1);
        String[] start = lines[0].split(" ", -1);
        if (start.length != 3) {
            return Optional.empty();
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 0) {
                return Optional.empty();
            }
            String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            headers.computeIfAbsent(name, any -> new ArrayList<>())
                    .add(lines[i].substring(colon + 1).strip());
        }
        headers.replaceAll((name, values) -> List.copyOf(values));
        return Optional.of(new Request(path(start[1]), start[2], headers));
    }

    /** All lines of the head without the end of the last one; empty if there is no end. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0 || head.size() == MAX_LENGTH) {
                return "";
            }
            head.write(next);
            matched = next == END.charAt(matched % 2) ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** Of the origin form, or of the absolute form that clients send to a proxy (RFC 9112 §3.2). */
    private static String path(String target) {
        return target.replaceFirst("^http://[^/]*", "").replaceFirst("\\?.*", "");
    }
}
