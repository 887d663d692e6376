package io.mapae.example.demo;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server lets its applications see of the class path: itself, and nothing that a WAR has to bring. So nothing is there
 * twice, and nothing that is missing in the WAR goes unnoticed.
 */
public final class ServerClasses extends ClassLoader {
    private static final List<String> OF_THE_SERVER = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "jakarta.security.auth.message.",
            "jakarta.servlet.",
            "jakarta.websocket.",
            "org.apache.catalina.",
            "org.apache.coyote.",
            "org.apache.juli.",
            "org.apache.naming.",
            "org.apache.tomcat.",
            "org.eclipse.jetty.",
            "org.w3c.",
            "org.xml.");

    /** A view of what this class was loaded by. */
    public ServerClasses() {
        super(ServerClasses.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (OF_THE_SERVER.stream().noneMatch(name::startsWith)) {
            throw new ClassNotFoundException(name);
        }
        return super.loadClass(name, resolve);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return isHidden(name) ? Collections.emptyEnumeration() : super.getResources(name);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return isHidden(name) ? null : super.getResource(name);
    }

    /** Services of others would not be found among these classes. */
    private static boolean isHidden(String name) {
        return name.startsWith("META-INF/services/") && !name.contains("jetty") && !name.contains("jakarta.websocket");
    }
}
