package io.mapae.service.account;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.password4j.BcryptFunction;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * bcrypt as {@code $2a$}, {@code $2b$} or {@code $2y$}, which mean the same today; with Spring's prefix or without.
 *
 * @param text as {@code $2b$}: in the library, {@code $2a$} matches no password with other than ASCII characters
 */
record BcryptPassword(String text) implements StoredPassword {
    private static final Pattern FORM =
            Pattern.compile("(?:\\{bcrypt})?\\$2[aby](\\$(?:0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53})");

    /** What comes after is not looked at. */
    private static final int LOOKED_AT = 72;

    static Optional<BcryptPassword> read(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(new BcryptPassword("$2b" + form.group(1))) : Optional.empty();
    }

    @Override
    public boolean matches(byte[] password) {
        return BcryptFunction.getInstanceFromHash(text).check(password, text.getBytes(US_ASCII));
    }

    /** A longer password's end proved nothing: what was mistyped there must not become the password. */
    @Override
    public boolean isWeak(byte[] password) {
        return password.length <= LOOKED_AT;
    }

    @Override
    public String toString() {
        return "BcryptPassword";
    }
}
