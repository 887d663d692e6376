package io.mapae.http;

import io.mapae.verify.Reason;

/**
 * A refusal, as far as the client may know it. {@link #reason()} is for choosing words by, not for printing: it tells an
 * attacker how far they got.
 *
 * @param status 400, 401, 403 or 503
 * @param description one of a fixed few sentences: ASCII, no quote, nothing of the request
 * @param explanation the reason and what it is about, where {@code explain} is on; else empty
 */
public record Refusal(int status, Reason reason, String description, String explanation) {}
