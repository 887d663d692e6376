package io.mapae.benchmarks.server;

/**
 * What a server has used since it started.
 *
 * @param cpuNanos CPU time of the whole process, its compiler and its garbage collector too
 * @param bytes allocated by its threads
 */
record Used(long cpuNanos, long bytes) {
    Used since(Used before) {
        return new Used(cpuNanos - before.cpuNanos, bytes - before.bytes);
    }

    /** As {@link #of} reads it. */
    String line() {
        return cpuNanos + " " + bytes;
    }

    static Used of(String line) {
        int space = line.indexOf(' ');
        return new Used(Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
    }
}
