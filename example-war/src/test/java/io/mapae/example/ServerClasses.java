package io.mapae.example;

import java.util.List;

/**
 * What a server lets its applications see: the class path of this test, without anything that the WAR has to bring. So
 * the tests show that nothing is missing in it.
 */
final class ServerClasses extends ClassLoader {
    private static final List<String> NOT_OF_THE_SERVER =
            List.of("io.mapae.", "org.jose4j.", "tools.jackson.", "org.slf4j.");

    ServerClasses() {
        super(ServerClasses.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (NOT_OF_THE_SERVER.stream().anyMatch(name::startsWith)) {
            throw new ClassNotFoundException(name);
        }
        return super.loadClass(name, resolve);
    }
}
