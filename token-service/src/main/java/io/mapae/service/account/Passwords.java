package io.mapae.service.account;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Passwords and their stored forms: Argon2id for what is stored now, bcrypt and PBKDF2 for what others stored. Computing
 * one takes about 30 ms and 20 MiB: it belongs behind a {@link Bulkhead}. Safe for use by several threads.
 */
public final class Passwords {
    /** How long a password may be, in UTF-8. */
    public static final int MAX_BYTES = 1024;

    /** How many characters one has that is chosen now. */
    public static final int MIN_NEW = 8;

    private static final Logger LOG = System.getLogger("io.mapae.service.account");
    private static final int SALT = 16;

    /** Begins what never matches, and says so on purpose: the account has no password here. */
    private static final String NONE = "!";

    /** What is computed for accounts that are not there. */
    private static final StoredPassword DECOY =
            new Argon2Password(Argon2Password.Cost.CURRENT, new byte[SALT], new byte[32]);

    private final SecureRandom random = new SecureRandom();
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    /** Whether it can be a password at all: not empty, without NUL, well-formed, at most 1024 bytes in UTF-8. */
    public static boolean isAllowed(String password) {
        return bytes(password).isPresent();
    }

    /** Whether it can be chosen now: it has 8 characters at least, however many UTF-16 units these are. */
    public static boolean isLongEnough(String password) {
        return password.codePointCount(0, password.length()) >= MIN_NEW;
    }

    private static Optional<byte[]> bytes(String password) {
        boolean plain = !password.isEmpty() && password.length() <= MAX_BYTES && password.indexOf('\0') < 0;
        return plain ? Bytes.utf8(password).filter(bytes -> bytes.length <= MAX_BYTES) : Optional.empty();
    }

    /** Whether {@link #matches} can ever be true of it; nothing is computed. */
    public static boolean isKnown(String stored) {
        return StoredPassword.read(stored).isPresent();
    }

    /**
     * What to store for {@code password}, another text each time.
     *
     * @throws IllegalArgumentException unless it {@link #isAllowed}
     */
    public String hash(String password) {
        byte[] bytes = bytes(password)
                .orElseThrow(() -> new IllegalArgumentException(
                        "a password has 1 to " + MAX_BYTES + " bytes in UTF-8, and none of them is 0"));
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        return Argon2Password.text(bytes, salt);
    }

    /**
     * Whether {@code stored} is a form of {@code password}. To say that it is not never takes less time than with a current
     * form, be it of another form or of none that is known.
     */
    public boolean matches(String password, String stored) {
        Optional<byte[]> bytes = bytes(password);
        if (bytes.isEmpty()) {
            return false;
        }
        Optional<? extends StoredPassword> known = StoredPassword.read(stored);
        if (known.isEmpty()) {
            warn(stored);
            return matchesNothing(bytes.get());
        }
        boolean matches = known.get().matches(bytes.get());
        return matches || (known.get().isWeak(bytes.get()) && matchesNothing(bytes.get()));
    }

    /** Takes as long as {@link #matches} with a current one does, and is false. */
    public boolean matchesNothing(String password) {
        return bytes(password).map(Passwords::matchesNothing).orElse(false);
    }

    private static boolean matchesNothing(byte[] password) {
        boolean unused = DECOY.matches(password);
        return false;
    }

    /** Whether {@code password}, which matches {@code stored}, is better stored anew. */
    public boolean needsUpgrade(String password, String stored) {
        Optional<? extends StoredPassword> known = StoredPassword.read(stored);
        return known.isPresent() && bytes(password).filter(known.get()::isWeak).isPresent();
    }

    /** What to store where there is no password: it matches nothing. */
    public static String none() {
        return NONE;
    }

    private void warn(String stored) {
        if (!stored.startsWith(NONE) && hasWarned.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "A stored password is in no form that is known here, or has parameters beyond all bounds:"
                            + " it matches nothing. This is said once, there may be others");
        }
    }
}
