package io.mapae.service.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Why an endpoint refuses (RFC 6749 §5.2 and beyond): a value, which becomes a response. */
enum Failure {
    /** Something is missing, malformed, said twice or too long: nothing was looked up. */
    INVALID_REQUEST(400, "invalid_request"),
    /** The password is wrong, or the refresh token is none, or none any more. */
    INVALID_GRANT(400, "invalid_grant"),
    /** Not a scope, or not granted. */
    INVALID_SCOPE(400, "invalid_scope"),
    /** Not a resource of ours (RFC 8707 §2). */
    INVALID_TARGET(400, "invalid_target"),
    /** The password is right, and has to be changed first. */
    PASSWORD_CHANGE_REQUIRED(403, "password_change_required"),
    /** Nobody calls whom this endpoint could serve. */
    INVALID_TOKEN(401, "invalid_token"),
    INVALID_CLIENT(401, "invalid_client"),
    /** Another site caused it. */
    CROSS_SITE(403, "access_denied"),
    NOT_FOUND(404, "not_found"),
    METHOD_NOT_ALLOWED(405, "invalid_request"),
    TOO_LARGE(413, "invalid_request"),
    UNSUPPORTED_MEDIA_TYPE(415, "invalid_request"),
    SLOW_DOWN(429, "slow_down"),
    /** A defect of ours, or of something that the application has put in. */
    SERVER_ERROR(500, "server_error"),
    TEMPORARILY_UNAVAILABLE(503, "temporarily_unavailable");

    private final int status;
    private final String error;

    Failure(int status, String error) {
        this.status = status;
        this.error = error;
    }

    int status() {
        return status;
    }

    Reply reply() {
        return new Reply(status, Optional.of(Map.of("error", error)));
    }

    Reply reply(String description) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("error_description", description);
        return new Reply(status, Optional.of(body));
    }
}
