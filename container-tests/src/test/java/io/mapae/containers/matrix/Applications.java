package io.mapae.containers.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mapae.containers.matrix.Product.Trait;
import io.mapae.testkit.TestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Packs the applications for one server. */
final class Applications {
    private static final Path CLASSES = Path.of(System.getProperty("probe.classes"));
    private static final Path LIBRARIES = Path.of(System.getProperty("probe.libraries"));
    private static final Path EXAMPLE = Path.of(System.getProperty("example.war"));
    private static final List<String> NOT_JERSEY =
            List.of("mapae-", "jose4j-", "slf4j-", "jackson-", "password4j-", "HikariCP-", "h2-");
    private static final String PAGE = """
            <form action="j_security_check" method="post"><input name="j_username"/><input name="j_password"/></form>
            """;

    private final Product product;
    private final Path directory;

    /** @param directory for what is packed */
    Applications(Product product, Path directory) {
        this.product = product;
        this.directory = directory;
    }

    /** All of them that there are for this server, by context. */
    Map<String, Path> all() throws IOException {
        Map<String, Path> all = new LinkedHashMap<>();
        for (Variant variant : Variant.values()) {
            boolean more = product.has(Trait.ENTERPRISE) || product.has(Trait.JERSEY);
            if (variant.isFirst() && (variant != Variant.EXTENDED || more)) {
                all.put(variant.context(), of(variant));
            }
        }
        return all;
    }

    Path of(Variant variant) throws IOException {
        Files.createDirectories(directory);
        Path war = directory.resolve(variant.context() + ".war");
        try (Archive archive = new Archive(war)) {
            archive.add(
                    "WEB-INF/web.xml",
                    WebXml.of(variant, keys(), product.launcher().descriptor()).getBytes(UTF_8));
            for (Map.Entry<String, String> file : product.launcher().files().entrySet()) {
                archive.add(file.getKey(), file.getValue().getBytes(UTF_8));
            }
            archive.add("login.html", PAGE.getBytes(UTF_8));
            archive.add("failed.html", "failed".getBytes(UTF_8));
            archive.add(variant.context() + ".txt", variant.context().getBytes(UTF_8));
            archive.addAll("WEB-INF/classes/", CLASSES, name -> name.endsWith(".class") && isFor(variant, name));
            if (variant == Variant.EXTENDED && product.has(Trait.JERSEY)) {
                archive.addEntries(EXAMPLE, Applications::isJersey);
            }
        }
        boolean javax = product.has(Trait.JAVAX);
        Path packed = javax ? Javax.of(war) : war;
        return variant == Variant.BARE ? packed : withMapae(packed, javax ? "mapae-javax.jar" : "mapae.jar");
    }

    /** As users add it: one jar, and that one as it was built. */
    private Path withMapae(Path war, String jar) throws IOException {
        Path target = directory.resolve("mapae").resolve(war.getFileName());
        Files.createDirectories(target.getParent());
        try (Archive archive = new Archive(target)) {
            archive.addEntries(war, entry -> true);
            archive.add("WEB-INF/lib/" + jar, Files.readAllBytes(LIBRARIES.resolve(jar)));
        }
        return target;
    }

    private boolean isFor(Variant variant, String name) {
        boolean extended = variant == Variant.EXTENDED;
        return (extended || !name.contains("/rest/"))
                && ((extended && product.has(Trait.ENTERPRISE)) || !name.contains("/enterprise/"));
    }

    private static boolean isJersey(String entry) {
        return entry.startsWith("WEB-INF/lib/")
                && NOT_JERSEY.stream().noneMatch(entry.substring("WEB-INF/lib/".length())::startsWith);
    }

    private String keys() throws IOException {
        Path keys = directory.resolve("jwks.json");
        Files.writeString(keys, TestKey.jwks(TestKey.rsa()));
        return keys.toUri().toString();
    }
}
