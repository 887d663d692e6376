package io.mapae.service.account;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Argon2id of version 1.3 (RFC 9106), in the PHC string format: {@code $argon2id$v=19$m=19456,t=2,p=1$salt$tag}. */
final class Argon2Password implements StoredPassword {
    private static final int VERSION = 0x13;
    private static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d{1,2})"
            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    /**
     * What it takes to compute one.
     *
     * @param memory in KiB
     */
    record Cost(int memory, int passes, int lanes, int length) {
        /** OWASP's first choice. One lane: several would start threads that outlive the application. */
        static final Cost CURRENT = new Cost(19_456, 2, 1, 32);

        private static final int MAX_MEMORY = 131_072;
        private static final int MAX_PASSES = 16;
        private static final int MAX_LANES = 16;

        /** RFC 9106 §3.1: at least 8 KiB for each lane. */
        boolean isBounded() {
            return lanes >= 1
                    && lanes <= MAX_LANES
                    && passes >= 1
                    && passes <= MAX_PASSES
                    && memory >= 8 * lanes
                    && memory <= MAX_MEMORY;
        }

        boolean isBelow(Cost other) {
            return memory < other.memory || passes < other.passes || length < other.length;
        }

        Argon2Function function() {
            return Argon2Function.getInstance(memory, passes, lanes, length, Argon2.ID, VERSION);
        }
    }

    /** Costs that were met: the library keeps the memory of each, for good, so only so many are. Safe for several threads. */
    static final class Met {
        private static final int MAX_MEMORY = 262_144;

        private final Set<Cost> costs = new HashSet<>(Set.of(Cost.CURRENT));

        /** Whether it is one of them, from now on if need be. */
        synchronized boolean admits(Cost cost) {
            int memory = costs.stream().mapToInt(Cost::memory).sum();
            return costs.contains(cost) || (memory + cost.memory() <= MAX_MEMORY && costs.add(cost));
        }
    }

    private static final Met MET = new Met();

    private final Cost cost;
    private final byte[] salt;
    private final byte[] tag;

    Argon2Password(Cost cost, byte[] salt, byte[] tag) {
        this.cost = cost;
        this.salt = salt;
        this.tag = tag;
    }

    static Optional<Argon2Password> read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        Optional<byte[]> salt = Bytes.base64(form.group(4));
        Optional<byte[]> tag = Bytes.base64(form.group(5));
        if (salt.isEmpty() || tag.isEmpty()) {
            return Optional.empty();
        }
        Cost cost = new Cost(
                Integer.parseInt(form.group(1)),
                Integer.parseInt(form.group(2)),
                Integer.parseInt(form.group(3)),
                tag.get().length);
        return cost.isBounded() && MET.admits(cost)
                ? Optional.of(new Argon2Password(cost, salt.get(), tag.get()))
                : Optional.empty();
    }

    static String text(byte[] password, byte[] salt) {
        Cost cost = Cost.CURRENT;
        byte[] tag = cost.function().hash(password, salt).getBytes();
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=" + VERSION + "$m=" + cost.memory() + ",t=" + cost.passes() + ",p=" + cost.lanes() + '$'
                + base64.encodeToString(salt) + '$' + base64.encodeToString(tag);
    }

    @Override
    public boolean matches(byte[] password) {
        return MessageDigest.isEqual(tag, cost.function().hash(password, salt).getBytes());
    }

    @Override
    public boolean isWeak(byte[] password) {
        return cost.isBelow(Cost.CURRENT);
    }
}
