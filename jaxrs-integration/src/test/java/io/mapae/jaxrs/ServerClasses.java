package io.mapae.jaxrs;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a server lets its applications see of this test's class path: itself, and nothing that a WAR has to bring. */
final class ServerClasses extends ClassLoader {
    private static final List<String> OF_THE_SERVER = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "jakarta.servlet.",
            "org.apache.catalina.",
            "org.apache.tomcat.",
            "org.apache.coyote.",
            "org.apache.naming.",
            "org.apache.juli.",
            "org.eclipse.jetty.",
            "org.w3c.",
            "org.xml.");

    ServerClasses() {
        super(ServerClasses.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (OF_THE_SERVER.stream().noneMatch(name::startsWith)) {
            throw new ClassNotFoundException(name);
        }
        return super.loadClass(name, resolve);
    }

    /** No service of the class path is the server's. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.startsWith("META-INF/services/") && !name.contains("jetty")
                ? Collections.emptyEnumeration()
                : super.getResources(name);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return name.startsWith("META-INF/services/") && !name.contains("jetty") ? null : super.getResource(name);
    }
}
