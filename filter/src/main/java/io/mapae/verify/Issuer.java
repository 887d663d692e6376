package io.mapae.verify;

import io.mapae.keys.KeySource;

/**
 * An issuer whose tokens may be accepted.
 *
 * @param policy what they must satisfy
 * @param keys what they are signed with; no other issuer's are ever tried
 */
public record Issuer(Policy policy, KeySource keys) {}
