package io.mapae.benchmarks.stress;

import io.mapae.benchmarks.FreshJvm;
import java.io.IOException;
import java.io.StringReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.List;
import java.util.Properties;

/** A JVM of its own with little memory, which says what it found in lines {@code name=value}, and ends by 0 if it did. */
final class SmallJvm {
    private SmallJvm() {}

    /** Runs {@code main}; whatever is thrown there, and the least lack of memory, is thrown here too. */
    static Properties run(Class<?> main, String heap, List<String> arguments) throws IOException, InterruptedException {
        List<String> said = FreshJvm.run(
                List.of("-Xmx" + heap, "-XX:+ExitOnOutOfMemoryError"), // which ends by 3
                System.getProperty("java.class.path"),
                main,
                arguments);
        Properties properties = new Properties();
        properties.load(new StringReader(String.join("\n", said)));
        return properties;
    }

    /** What this JVM's heap holds on to, in bytes. */
    static long heldBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int collection = 0; collection < 3; collection++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    static void say(String name, Object value) {
        System.out.println(name + "=" + value);
    }
}
