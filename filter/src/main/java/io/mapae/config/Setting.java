package io.mapae.config;

/**
 * One setting: a name that people write into their {@code web.xml}, and all that is to be known of it.
 *
 * @param name without a prefix, such as {@code clock-skew}
 * @param fallback the text that is read where none is given; empty for none
 * @param secret whether its value must never be shown
 * @param meaning for the table of settings, in Markdown
 */
public record Setting<T>(String name, String fallback, boolean secret, Syntax<T> syntax, String meaning) {
    /** Reads a text, or throws {@code IllegalArgumentException} with what was expected, never with the text itself. */
    @FunctionalInterface
    public interface Syntax<T> {
        T read(String text);
    }
}
