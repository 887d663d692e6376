package io.mapae.service.token;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/** Claims as the JSON object of a token's payload, in their order; and what else is said in JSON. */
public final class ClaimsWriter {
    /** Buffers come from a pool without thread locals, which would hold an undeployed application's class loader. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .build();

    private static final int USUAL_SIZE = 512;

    private ClaimsWriter() {}

    /** The object of these members: texts, numbers, booleans, lists, objects and nulls. */
    public static byte[] write(Map<String, ? extends @Nullable Object> claims) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            write(claims, json);
        }
        return out.toByteArray();
    }

    private static void write(Map<?, ?> members, JsonGenerator json) {
        json.writeStartObject();
        members.forEach((name, value) -> {
            json.writeName((String) name);
            write(value, json);
        });
        json.writeEndObject();
    }

    private static void write(@Nullable Object value, JsonGenerator json) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Number number) {
            write(number, json);
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(element -> write(element, json));
            json.writeEndArray();
        } else {
            write((Map<?, ?>) value, json);
        }
    }

    private static void write(Number number, JsonGenerator json) {
        if (number instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (number instanceof BigInteger integer) {
            json.writeNumber(integer);
        } else if (number instanceof Double real) {
            json.writeNumber(real);
        } else if (number instanceof Float real) {
            json.writeNumber(real);
        } else {
            json.writeNumber(number.longValue());
        }
    }
}
