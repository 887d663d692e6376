package io.mapae.http;

import java.util.Optional;

/**
 * Writes the body of a refusal, in every adapter. An application brings its own as a service of the {@link
 * java.util.ServiceLoader}. Status and headers are not its to choose. Must be safe for use by several threads; if it
 * throws, the standard body is sent.
 */
@FunctionalInterface
public interface RefusalBody {
    /** No body at all. */
    RefusalBody NONE = refusal -> Optional.empty();

    /** Problem details (RFC 9457). */
    RefusalBody PROBLEM = new ProblemBody();

    /** The body, or empty for none. It is not sent in answer to HEAD. */
    Optional<Answer.Body> of(Refusal refusal);
}
