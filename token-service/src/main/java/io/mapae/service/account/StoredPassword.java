package io.mapae.service.account;

import java.util.Optional;

/**
 * A password as it is stored: read and found computable, not yet computed. What would take more time or memory than an
 * honest hash does is none. Immutable.
 */
sealed interface StoredPassword permits Argon2Password, BcryptPassword, Pbkdf2Password {
    /** No form of it is longer. */
    int MAX_LENGTH = 1024;

    /** Computes it for {@code password}, which takes as long as its parameters say. */
    boolean matches(byte[] password);

    /** Whether {@code password}, which matches, is to be stored anew in the current form. */
    boolean isWeak(byte[] password);

    /** Empty if it is in no form that is known here, or has parameters beyond all bounds. */
    static Optional<? extends StoredPassword> read(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Optional<? extends StoredPassword> argon2 = Argon2Password.read(text);
        if (argon2.isPresent()) {
            return argon2;
        }
        Optional<? extends StoredPassword> bcrypt = BcryptPassword.read(text);
        return bcrypt.isPresent() ? bcrypt : Pbkdf2Password.read(text);
    }
}
