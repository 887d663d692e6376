package io.mapae.config;

/**
 * One setting: a name that people write into their {@code web.xml}, and all that is to be known of it.
 *
 * @param name without a prefix, such as {@code clock-skew}
 * @param fallback the text that is read where none is given; empty for none
 * @param concealed whether its value must never be shown, as it is a key or one may be pasted there
 * @param meaning for the table of settings, in Markdown
 */
record Setting<T>(String name, String fallback, boolean concealed, Syntax<T> syntax, String meaning) {
    /** Reads a text, or throws {@code IllegalArgumentException} with what was expected, never with the text itself. */
    @FunctionalInterface
    interface Syntax<T> {
        T read(String text);
    }
}
