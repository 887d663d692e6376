package io.mapae.example.demo;

/**
 * Something to try.
 *
 * @param what it shows
 * @param curl a command for any POSIX shell, complete with its token
 * @param status that it answers
 */
public record Line(String what, String curl, int status) {}
