package io.mapae.benchmarks;

import io.mapae.container.ContainerRegistration;
import io.mapae.servlet.BearerTokenFilter;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jose4j.jws.JsonWebSignature;
import org.slf4j.Logger;
import org.slf4j.jul.JULServiceProvider;
import tools.jackson.core.JsonParser;

/** WAR files with one page. */
final class WebArchive {
    /** Each of one library: Mapae's own two, and all that they need. */
    private static final List<Class<?>> LIBRARIES = List.of(
            BearerTokenFilter.class,
            ContainerRegistration.class,
            JsonWebSignature.class,
            JsonParser.class,
            Logger.class,
            JULServiceProvider.class);

    static final String PAGE = "index.html";

    private WebArchive() {}

    /** Knows nothing of Mapae. */
    static Path plain(Path directory) throws IOException {
        return zip(directory.resolve("plain.war"), content(""));
    }

    /** Has the filter before everything, its settings in {@code web.xml}, and the libraries. */
    static Path secured(Path directory, Map<String, String> settings) throws IOException {
        Map<String, byte[]> content = content(filter(settings));
        for (Class<?> library : LIBRARIES) {
            content.put("WEB-INF/lib/" + library.getName() + ".jar", jar(origin(library)));
        }
        return zip(directory.resolve("secured.war"), content);
    }

    private static Map<String, byte[]> content(String filter) {
        String descriptor =
                "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">" + filter + "</web-app>";
        Map<String, byte[]> content = new LinkedHashMap<>();
        content.put("WEB-INF/web.xml", descriptor.getBytes(StandardCharsets.UTF_8));
        content.put(PAGE, "<title>Hello</title>".getBytes(StandardCharsets.UTF_8));
        return content;
    }

    private static String filter(Map<String, String> settings) {
        return "<filter><filter-name>mapae</filter-name><filter-class>" + BearerTokenFilter.class.getName()
                + "</filter-class><async-supported>true</async-supported>"
                + settings.entrySet().stream()
                        .map(setting -> "<init-param><param-name>" + setting.getKey() + "</param-name><param-value>"
                                + setting.getValue() + "</param-value></init-param>")
                        .collect(Collectors.joining())
                + "</filter><filter-mapping><filter-name>mapae</filter-name><url-pattern>/*</url-pattern></filter-mapping>";
    }

    /** The jar, or the directory of classes, that a class is from. */
    static Path origin(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    /** The bytes of a jar, made of a directory where the build has not packaged it yet. */
    private static byte[] jar(Path origin) throws IOException {
        if (Files.isRegularFile(origin)) {
            return Files.readAllBytes(origin);
        }
        Map<String, byte[]> content = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(origin)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                content.put(origin.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        Path jar = Files.createTempFile("library", ".jar");
        try {
            return Files.readAllBytes(zip(jar, content));
        } finally {
            Files.delete(jar);
        }
    }

    private static Path zip(Path file, Map<String, byte[]> content) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : content.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }
}
