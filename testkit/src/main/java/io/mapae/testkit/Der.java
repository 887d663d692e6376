package io.mapae.testkit;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes the few ASN.1 DER values (X.690) that keys and certificates are made of. */
final class Der {
    private Der() {}

    static byte[] sequence(byte[]... values) {
        return tagged(0x30, values);
    }

    static byte[] set(byte[]... values) {
        return tagged(0x31, values);
    }

    static byte[] integer(BigInteger value) {
        return tagged(0x02, value.toByteArray());
    }

    static byte[] bitString(byte[] bits) {
        return tagged(0x03, new byte[1], bits);
    }

    static byte[] utf8(String text) {
        return tagged(0x0C, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] utcTime(String text) {
        return tagged(0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] hex(String encoded) {
        return HexFormat.of().parseHex(encoded);
    }

    static byte[] tagged(int tag, byte[]... values) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] value : values) {
            content.writeBytes(value);
        }
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        der.writeBytes(length(content.size()));
        der.writeBytes(content.toByteArray());
        return der.toByteArray();
    }

    /** X.690 §8.1.3: one byte up to 127, else the count of length bytes and the length. */
    private static byte[] length(int size) {
        if (size < 0x80) {
            return new byte[] {(byte) size};
        }
        if (size < 0x100) {
            return new byte[] {(byte) 0x81, (byte) size};
        }
        return new byte[] {(byte) 0x82, (byte) (size >> 8), (byte) size};
    }
}
