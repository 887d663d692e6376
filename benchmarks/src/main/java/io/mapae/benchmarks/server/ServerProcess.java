package io.mapae.benchmarks.server;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A server in a JVM of its own: {@code ServerProcess ENGINE GUARD JWK}. It says its port, and for each line that it is told
 * what it has used so far; it ends when it is told no more.
 */
final class ServerProcess {
    private ServerProcess() {}

    public static void main(String[] args) throws Exception {
        Guard guard = Guard.valueOf(args[1]);
        int port = Engine.valueOf(args[0]).start(guard.filter(args[2]), guard.settings(args[2]));
        System.out.println(port);
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (questions.readLine() != null) {
            System.out.println(used().line());
        }
        System.exit(0); // whatever still runs
    }

    private static Used used() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Used(
                system.getProcessCpuTime(),
                // of threads that live: those that serve do as long as there are connections
                Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                        .filter(bytes -> bytes > 0)
                        .sum());
    }
}
