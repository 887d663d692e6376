package io.mapae.example.demo;

/**
 * Something to try.
 *
 * @param what it shows
 * @param curl a command for any POSIX shell; its token is a variable of the shell
 * @param status that it answers
 */
public record Line(String what, String curl, int status) {}
