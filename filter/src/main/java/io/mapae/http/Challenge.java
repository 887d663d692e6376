package io.mapae.http;

import io.mapae.http.Answer.Field;
import io.mapae.verify.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a reason means to the client: status, {@code error} and description of RFC 6750 §3.1.
 *
 * @param error empty where the response says no more than that a token is needed, or is not about the token
 */
record Challenge(int status, String error, String description) {
    private static final String INVALID_TOKEN = "invalid_token";
    private static final String INVALID_REQUEST = "invalid_request";
    private static final String INSUFFICIENT_SCOPE = "insufficient_scope";

    static final int RETRY_AFTER_SECONDS = 1;

    /** Placed one by one: a new reason does not compile until someone has decided what a client may know of it. */
    static Challenge of(Reason reason) {
        return switch (reason) {
            case NO_TOKEN -> new Challenge(401, "", "An access token is needed");
            case SEVERAL_CREDENTIALS -> new Challenge(400, INVALID_REQUEST, "More than one credential");
            case BAD_TICKET -> new Challenge(400, INVALID_REQUEST, "Not a ticket");
            case BAD_CREDENTIALS -> new Challenge(400, INVALID_REQUEST, "Not a bearer token");
            case TOKEN_TOO_LONG, NOT_COMPACT, NOT_BASE64URL, NOT_JSON, BAD_HEADER, UNSUPPORTED_HEADER ->
                new Challenge(401, INVALID_TOKEN, "The token is malformed");
            case ALGORITHM_NOT_ALLOWED, NO_MATCHING_KEY, BAD_SIGNATURE ->
                new Challenge(401, INVALID_TOKEN, "The signature cannot be trusted");
            case TYPE_NOT_ALLOWED, NOT_AN_ACCESS_TOKEN, PROOF_REQUIRED ->
                new Challenge(401, INVALID_TOKEN, "Not a plain access token");
            case CLAIM_MISSING, CLAIM_ILL_TYPED, BAD_NAME, TOKEN_ID_MISSING ->
                new Challenge(401, INVALID_TOKEN, "A claim is not acceptable");
            case WRONG_ISSUER -> new Challenge(401, INVALID_TOKEN, "The token is from another issuer");
            case WRONG_AUDIENCE -> new Challenge(401, INVALID_TOKEN, "The token is for another audience");
            case REVOKED -> new Challenge(401, INVALID_TOKEN, "The token was revoked");
            case EXPIRED, TOO_OLD -> new Challenge(401, INVALID_TOKEN, "The token has expired");
            case NOT_YET_VALID, ISSUED_IN_FUTURE -> new Challenge(401, INVALID_TOKEN, "The token is not valid yet");
            case LIVES_TOO_LONG -> new Challenge(401, INVALID_TOKEN, "The token lives too long");
            case TOKEN_USED -> new Challenge(401, INVALID_TOKEN, "The token was used before");
            case TICKET_UNKNOWN, TICKET_EXPIRED, TICKET_USED, TICKET_OF_OTHER_PATH ->
                new Challenge(401, INVALID_TOKEN, "The ticket is not valid here and now");
            case ROLE_MISSING -> new Challenge(403, INSUFFICIENT_SCOPE, "A role is missing");
            case SCOPE_MISSING -> new Challenge(403, INSUFFICIENT_SCOPE, "A scope is missing");
            case DENIED -> new Challenge(403, "", "Nobody may do this");
            case UNKNOWN_TO_CONTAINER -> new Challenge(403, "", "The server does not know the caller");
            case CLAIM_OF_OTHER_TYPE -> new Challenge(403, "", "A claim is of another type than is needed");
            case CROSS_SITE, FOREIGN_ORIGIN -> new Challenge(403, "", "The request comes from another site");
            case AMBIGUOUS_PATH -> new Challenge(400, "", "The path could be read in two ways");
            case KEYS_OUT_OF_REACH, STORE_OUT_OF_REACH, REVOCATIONS_OUT_OF_REACH ->
                new Challenge(503, "", "The token cannot be checked now");
        };
    }

    /** The response's fields. */
    List<Field> fields(Optional<String> realm, Set<String> scopes) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("Cache-Control", "no-store"));
        if (status == 503) {
            fields.add(new Field("Retry-After", String.valueOf(RETRY_AFTER_SECONDS)));
        }
        if (status == 401 || !error.isEmpty()) {
            fields.add(new Field("WWW-Authenticate", bearer(realm, scopes)));
        }
        return fields;
    }

    private String bearer(Optional<String> realm, Set<String> scopes) {
        List<String> parameters = new ArrayList<>();
        realm.ifPresent(name -> parameters.add(parameter("realm", name)));
        if (!error.isEmpty()) {
            parameters.add(parameter("error", error));
            parameters.add(parameter("error_description", description));
        }
        if (!scopes.isEmpty()) {
            parameters.add(parameter("scope", String.join(" ", scopes)));
        }
        return parameters.isEmpty() ? "Bearer" : "Bearer " + String.join(", ", parameters);
    }

    /** A quoted-string of RFC 9110 §5.6.4. */
    private static String parameter(String name, String value) {
        return name + "=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
