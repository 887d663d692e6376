package io.mapae.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What is in the jar, and what is not. */
class ContentsIT {
    private static final Map<String, byte[]> ENTRIES = entries();

    private static Map<String, byte[]> entries() {
        Map<String, byte[]> entries = new TreeMap<>();
        try (JarFile jar = new JarFile(OneJar.FILE.toFile())) {
            for (ZipEntry entry : jar.stream().filter(each -> !each.isDirectory()).toList()) {
                entries.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
            }
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
        return entries;
    }

    private static String text(String entry) {
        return new String(ENTRIES.getOrDefault(entry, new byte[0]), StandardCharsets.ISO_8859_1);
    }

    private static Stream<String> named(String pattern) {
        return ENTRIES.keySet().stream().filter(Pattern.compile(pattern).asMatchPredicate());
    }

    private static Stream<String> classesThatSay(String words) {
        return ENTRIES.keySet().stream()
                .filter(name -> name.endsWith(".class"))
                .filter(name -> text(name).contains(words));
    }

    @Test
    void isSmall() throws IOException {
        assertThat(Files.size(OneJar.FILE)).isLessThanOrEqualTo(2_097_152);
    }

    @Test
    void holdsOurModulesAndNothingOutsideOfOurPackages() {
        assertThat(ENTRIES)
                .containsKeys(
                        "io/mapae/servlet/BearerTokenFilter.class",
                        "io/mapae/jaxrs/MapaeFeature.class",
                        "io/mapae/container/ContainerRegistration.class",
                        "io/mapae/internal/jose4j/jwk/JsonWebKey.class",
                        "io/mapae/internal/jackson/core/json/JsonFactory.class",
                        "io/mapae/internal/slf4j/jul/JULServiceProvider.class");
        assertThat(ENTRIES.keySet()).allMatch(name -> name.startsWith("io/mapae/") || name.startsWith("META-INF/"));
        assertThat(named("io/mapae/.*"))
                .filteredOn(name -> !name.endsWith(".class"))
                .containsExactly("io/mapae/jws/known-answers.properties");
    }

    /** Neither a test, nor a descriptor of modules, nor a signature of what is not the same any more. */
    @Test
    void holdsNothingThatIsOfNoUseInIt() {
        assertThat(named(".*(Test|IT)(\\$.*)?\\.class|io/mapae/(testkit|dropin)/.*")).isEmpty();
        assertThat(named("(.*/)?module-info\\.class")).isEmpty();
        assertThat(named("META-INF/[^/]*"))
                .containsExactly("META-INF/LICENSE", "META-INF/MANIFEST.MF", "META-INF/NOTICE");
        assertThat(named("META-INF/(?!licenses/|services/).*/.*")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"org/jose4j", "org/slf4j", "tools/jackson", "com/github/benmanes"})
    void librariesHaveOtherNames(String name) {
        assertThat(classesThatSay(name)).isEmpty();
        assertThat(named("META-INF/services/" + name.replace('/', '.') + ".*")).isEmpty();
    }

    /** Apart from what an administrator of Jetty is told to write into its configuration. */
    @Test
    void namesOneNamespaceOnly() {
        String other = OneJar.NAMESPACE.equals("jakarta") ? "javax" : "jakarta";
        for (String api : List.of("servlet", "ws/rs", "security/auth/message", "annotation")) {
            assertThat(classesThatSay(other + "/" + api)).as(api).isEmpty();
            assertThat(classesThatSay(other + "." + api.replace('/', '.')))
                    .as(api)
                    .allMatch(name -> name.startsWith("io/mapae/container/Host"));
            assertThat(named("META-INF/services/" + other + "." + api.replace('/', '.') + ".*"))
                    .as(api)
                    .isEmpty();
        }
    }

    @Test
    void servicesOfAllModulesAreThere() {
        assertThat(named("META-INF/services/.*").map(name -> name.substring("META-INF/services/".length())))
                .containsExactlyInAnyOrder(
                        OneJar.NAMESPACE + ".servlet.ServletContainerInitializer",
                        OneJar.NAMESPACE + ".ws.rs.core.Feature",
                        OneJar.NAMESPACE + ".ws.rs.ext.Providers",
                        "io.mapae.internal.jackson.core.TokenStreamFactory",
                        "io.mapae.internal.slf4j.spi.SLF4JServiceProvider");
        assertThat(text("META-INF/services/" + OneJar.NAMESPACE + ".servlet.ServletContainerInitializer")
                        .lines())
                .containsExactlyInAnyOrder(
                        "io.mapae.servlet.AutoRegistration", "io.mapae.container.ContainerRegistration");
        assertThat(named("META-INF/services/.*")
                        .flatMap(name -> text(name).lines())
                        .map(provider -> provider.replace('.', '/') + ".class"))
                .isSubsetOf(ENTRIES.keySet());
    }

    @Test
    void licensesOfAllThatIsInsideAreThere() {
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/NOTICE"))
                .contains("jose4j 0.", "jackson-core 3.", "FastDoubleParser", "slf4j-api and slf4j-jdk14 2.")
                .doesNotContain("${");
        assertThat(named("META-INF/licenses/.*").map(name -> name.substring("META-INF/licenses/".length())))
                .containsExactlyInAnyOrder(
                        "jackson-core-jar/FastDoubleParser-LICENSE",
                        "jackson-core-jar/FastDoubleParser-NOTICE",
                        "jackson-core-jar/LICENSE",
                        "jackson-core-jar/NOTICE",
                        "jackson-core-jar/thirdparty-LICENSE",
                        "slf4j-api-jar/LICENSE.txt",
                        "slf4j-jdk14-jar/LICENSE.txt");
    }

    @Test
    void hasTheNameOfAModule() throws IOException {
        try (JarFile jar = new JarFile(OneJar.FILE.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("io.mapae");
        }
    }

    /** The parents count: what they depend on, every project does that depends on the jar. */
    @ParameterizedTest
    @ValueSource(strings = {"dependency-reduced-pom.xml", "../pom.xml", "../../pom.xml"})
    void bringsNoDependency(String pom) throws Exception {
        Document project =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of(pom).toFile());
        NodeList dependencies = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        "/project/dependencies/dependency[not(scope = 'test' or scope = 'provided')]/artifactId",
                        project,
                        XPathConstants.NODESET);
        assertThat(IntStream.range(0, dependencies.getLength())
                        .mapToObj(i -> dependencies.item(i).getTextContent()))
                .isEmpty();
    }

    /** Else slf4j would complain on standard error, or look for a binding of the application's. */
    @Test
    void logsToTheJdk() throws Exception {
        URL[] jar = {OneJar.FILE.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
            Method factory = loader.loadClass("io.mapae.internal.slf4j.LoggerFactory")
                    .getMethod("getILoggerFactory");
            assertThat(factory.invoke(null).getClass().getName())
                    .isEqualTo("io.mapae.internal.slf4j.jul.JDK14LoggerFactory");
        }
    }
}
