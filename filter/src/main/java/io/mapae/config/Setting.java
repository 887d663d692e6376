package io.mapae.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One setting: a name that people write into their {@code web.xml}, and all that is to be known of it. Other modules make
 * theirs by {@link #of} and {@link #concealed}, and tell of them by a {@link Declaration}.
 *
 * @param name without a prefix, such as {@code clock-skew}; one that ends in {@code .NAME} stands for any number of them
 * @param fallback the text that is read where none is given; empty for none
 * @param concealed whether its value must never be shown, as it is a key or one may be pasted there
 * @param meaning for the table of settings, in Markdown
 */
public record Setting<T>(
        String name, String fallback, boolean concealed, Scope scope, Syntax<T> syntax, String meaning) {
    /** With which the names of issuers' settings begin. */
    static final String OF_ISSUERS = "issuer.";

    private static final String ANY = "NAME";

    /** What it is about. */
    public enum Scope {
        /** The whole application. */
        APPLICATION,
        /** An issuer; where there are several, the application's value is each one's default. */
        ISSUER,
        /** An issuer; where there are several, each needs its own. */
        ISSUER_ALONE,
        /** One of several issuers. */
        ONE_OF_SEVERAL
    }

    /** Reads a text, or throws {@code IllegalArgumentException} with what was expected, never with the text itself. */
    @FunctionalInterface
    public interface Syntax<T> {
        /** What {@code text} says, which is stripped and never empty. */
        T read(String text);
    }

    /**
     * Each is one of a kind. Members are not compared: the JDK keeps what it generates for that, and so this application's
     * classes, softly reachable after undeployment.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /** One of the whole application. */
    public static <T> Setting<T> of(String name, String fallback, Syntax<T> syntax, String meaning) {
        return new Setting<>(name, fallback, false, Scope.APPLICATION, syntax, meaning);
    }

    /** One of the whole application whose value must never be shown. */
    public static <T> Setting<T> concealed(String name, Syntax<T> syntax, String meaning) {
        return new Setting<>(name, "", true, Scope.APPLICATION, syntax, meaning);
    }

    /** What it is called for the issuer of that name. */
    static String ofIssuer(String issuer, String name) {
        return OF_ISSUERS + issuer + "." + name;
    }

    /** Whether it stands for any number of settings. */
    boolean isFamily() {
        return isFamily(name);
    }

    /** Whether this is the name of any number of settings. */
    static boolean isFamily(String name) {
        return name.endsWith("." + ANY);
    }

    /** Whether this is a name that only a list of what there is can tell: of an issuer's setting, or of a family's member. */
    static boolean isOpen(String name, List<Setting<?>> known) {
        return name.startsWith(OF_ISSUERS)
                || known.stream().filter(Setting::isFamily).anyMatch(family -> name.startsWith(stem(family.name())));
    }

    /** What the names of its members begin with. */
    static String stem(String family) {
        return family.substring(0, family.length() - ANY.length());
    }
}
