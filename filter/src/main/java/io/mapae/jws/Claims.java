package io.mapae.jws;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a payload, the registered ones (RFC 7519 §4.1) of the types that they must have: {@code iss},
 * {@code sub} and {@code jti} are strings, {@code aud} is a string or an array of strings, {@code exp}, {@code nbf} and
 * {@code iat} are numbers from 0 to 253402300799 (the last second of the year 9999), with fractions if they like.
 * Immutable. Holding it proves nothing of its origin.
 */
public final class Claims {
    /** In this order, so that of several ill-typed ones always the same is named. */
    private static final List<String> REGISTERED = List.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);
    private static final int NANOS = 9;

    private final Map<String, @Nullable Object> members;

    private Claims(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    static Reading<Claims> read(byte[] payload) {
        return Json.signedObject(payload).map(Claims::of).orElseGet(() -> Reading.flawed(Flaw.NOT_JSON));
    }

    private static Reading<Claims> of(Map<String, @Nullable Object> members) {
        for (String name : REGISTERED) {
            Object value = members.get(name);
            // null is of no type
            if (value == null ? members.containsKey(name) : !isWellTyped(name, value)) {
                return Reading.flawed(Flaw.ILL_TYPED_CLAIM, name);
            }
        }
        return Reading.of(new Claims(members));
    }

    /** Those that were read before, and kept since; empty if some are of the wrong type. */
    public static Optional<Claims> kept(Map<String, @Nullable Object> members) {
        return of(members).fold(Optional::of, (flaw, member) -> Optional.empty());
    }

    private static boolean isWellTyped(String name, Object value) {
        return switch (name) {
            case "exp", "nbf", "iat" -> instant(value).isPresent();
            case "aud" -> strings(value).isPresent();
            default -> value instanceof String;
        };
    }

    /** Whether the claim is there, be it null. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** The claim as it stands; empty where it is missing or null. */
    public Optional<Object> value(String name) {
        return Optional.ofNullable(members.get(name));
    }

    /** The claim where it is a string. */
    public Optional<String> string(String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The claim where it is a string or an array of strings only; a missing one is empty too. */
    public Optional<List<String>> strings(String name) {
        return strings(members.get(name));
    }

    /** The claim where it is a time (RFC 7519 §2, NumericDate), to the nanosecond. */
    public Optional<Instant> time(String name) {
        return instant(members.get(name));
    }

    /** All of them, as {@link Json} gives them. */
    public Map<String, @Nullable Object> asMap() {
        return members;
    }

    private static Optional<List<String>> strings(@Nullable Object value) {
        if (value instanceof String text) {
            return Optional.of(List.of(text));
        }
        return value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)
                ? Optional.of(list.stream().map(String.class::cast).toList())
                : Optional.empty();
    }

    /** The time that a value is (RFC 7519 §2, NumericDate), to the nanosecond; empty where it is none. */
    public static Optional<Instant> instant(@Nullable Object value) {
        if (value instanceof Long seconds) {
            return seconds >= 0 && seconds <= LAST_SECOND.longValueExact()
                    ? Optional.of(Instant.ofEpochSecond(seconds))
                    : Optional.empty();
        }
        // Digits are bounded where JSON is read, exponents here: 1e-999999999 would be a billion digits long.
        if (!(value instanceof BigDecimal time)
                || Math.abs((long) time.scale()) > Json.MAX_NUMBER_LENGTH
                || time.signum() < 0
                || time.compareTo(LAST_SECOND) > 0) {
            return Optional.empty();
        }
        BigDecimal nanos = time.setScale(NANOS, RoundingMode.FLOOR);
        return Optional.of(Instant.ofEpochSecond(
                nanos.longValue(),
                nanos.remainder(BigDecimal.ONE).unscaledValue().longValueExact()));
    }

    /** Names no claim's value. */
    @Override
    public String toString() {
        return "Claims" + members.keySet();
    }
}
