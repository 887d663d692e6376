package io.mapae.identity;

import io.mapae.jws.Claims;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Numbers and times as the types that applications ask for, exactly or not at all. */
final class ClaimType {
    private static final Map<Class<?>, Function<BigDecimal, Object>> EXACT = Map.of(
            Long.class, BigDecimal::longValueExact,
            Integer.class, BigDecimal::intValueExact,
            BigInteger.class, BigDecimal::toBigIntegerExact,
            BigDecimal.class, number -> number,
            Double.class, ClaimType::doubleValue);

    /** Beyond this, an exponent would make a number of a few characters a billion digits long. */
    private static final int MAX_SCALE = 400;

    private ClaimType() {}

    /** {@code value} as a {@code type}; empty where it is none. */
    static <T> Optional<T> read(Object value, Class<T> type) {
        if (type.isInstance(value)) {
            return Optional.of(type.cast(value));
        }
        if (type == Instant.class) {
            return Claims.instant(value).map(type::cast);
        }
        if (!(value instanceof Number number) || !EXACT.containsKey(type)) {
            return Optional.empty();
        }
        BigDecimal decimal = number instanceof BigDecimal exact ? exact : new BigDecimal(number.toString());
        if (Math.abs((long) decimal.scale()) > MAX_SCALE) {
            return Optional.empty();
        }
        try {
            return Optional.of(type.cast(EXACT.get(type).apply(decimal)));
        } catch (ArithmeticException inexact) {
            return Optional.empty();
        }
    }

    private static Object doubleValue(BigDecimal number) {
        double value = number.doubleValue();
        if (Double.isInfinite(value) || BigDecimal.valueOf(value).compareTo(number) != 0) {
            throw new ArithmeticException("not the number that it would print");
        }
        return value;
    }
}
