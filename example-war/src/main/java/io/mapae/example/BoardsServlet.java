package io.mapae.example;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** A board: GET lists its posts, POST adds one, a text in UTF-8. */
public final class BoardsServlet extends HttpServlet {
    static final int MAX_BYTES = 2000;

    @SuppressWarnings("serial") // servlets are Serializable by inheritance only
    private final Board board = new Board();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Post> posts = board.posts();
        Answers.send(response, HttpServletResponse.SC_OK, json -> {
            json.writeArrayPropertyStart("posts");
            posts.forEach(post -> {
                json.writeStartObject();
                write(post, json);
                json.writeEndObject();
            });
            json.writeEndArray();
        });
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!isPlainText(request)) {
            Answers.problem(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "a post is text/plain in UTF-8");
            return;
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1); // whatever its Content-Length says
        if (body.length > MAX_BYTES) {
            Answers.problem(
                    response,
                    HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                    "a post has at most " + MAX_BYTES + " bytes");
            return;
        }
        Optional<String> text = text(body);
        if (text.isEmpty()) {
            Answers.problem(response, HttpServletResponse.SC_BAD_REQUEST, "a post is not blank, and in UTF-8");
            return;
        }
        Post post = board.add(request.getRemoteUser(), text.get());
        Answers.send(response, HttpServletResponse.SC_CREATED, json -> write(post, json));
    }

    private static void write(Post post, JsonGenerator json) {
        json.writeNumberProperty("id", post.id());
        json.writeStringProperty("author", post.author());
        json.writeStringProperty("text", post.text());
        json.writeStringProperty("at", post.at().toString());
    }

    private static boolean isPlainText(HttpServletRequest request) {
        String type = Optional.ofNullable(request.getContentType()).orElse("").toLowerCase(Locale.ROOT);
        String charset = Optional.ofNullable(request.getCharacterEncoding()).orElse("UTF-8");
        return type.split(";", -1)[0].strip().equals("text/plain") && charset.equalsIgnoreCase("UTF-8");
    }

    /** Empty if it is blank or not UTF-8. */
    private static Optional<String> text(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder() // unlike the String constructor it reports what it cannot read
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return text.isBlank() ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }
}
