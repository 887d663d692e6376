package io.mapae.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever the jar asks of the servers' APIs was there in their oldest versions that it is for. */
class LinkageIT {
    private static final List<String> APIS = Stream.of("annotation.", "security.auth.message.", "servlet.", "ws.rs.")
            .map(api -> OneJar.NAMESPACE + "." + api)
            .toList();

    private static final Set<String> OFFERED = names(classes(OneJar.oldestApis()));
    private static final Set<String> OURS = names(classes(List.of(OneJar.FILE)));

    /** The jar's, linked to the APIs. */
    private static final List<JavaClass> LINKED =
            classes(Stream.concat(Stream.of(OneJar.FILE), OneJar.oldestApis().stream())
                            .toList())
                    .stream()
                            .filter(type -> OURS.contains(type.getName()))
                            .toList();

    private static JavaClasses classes(List<Path> jars) {
        return new ClassFileImporter()
                .importJars(jars.stream().map(LinkageIT::open).toList());
    }

    private static JarFile open(Path jar) {
        try {
            return new JarFile(jar.toFile());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static Set<String> names(JavaClasses classes) {
        return classes.stream().map(JavaClass::getName).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isApi(JavaClass type) {
        return APIS.stream().anyMatch(type.getBaseComponentType().getName()::startsWith);
    }

    /** By name and descriptor, like the JVM does. */
    private static boolean resolves(JavaAccess<?> access) {
        return access.getTarget()
                .resolveMember()
                .filter(member -> !(access.getTarget() instanceof CodeUnitAccessTarget wanted)
                        || (member instanceof JavaCodeUnit found
                                && found.getRawReturnType()
                                        .getName()
                                        .equals(wanted.getRawReturnType().getName())))
                .isPresent();
    }

    /** Which interfaces have too (JLS §9.2). */
    private static boolean isObjects(JavaAccess<?> access) {
        return Arrays.stream(Object.class.getMethods())
                .anyMatch(method -> method.getName().equals(access.getName()));
    }

    private static List<String> used(Predicate<JavaClass> what) {
        return LINKED.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(what)
                .map(JavaClass::getName)
                .distinct()
                .toList();
    }

    @Test
    void usesOnlyTypesThatTheApisHave() {
        List<String> used = used(LinkageIT::isApi);
        assertThat(used)
                .contains(
                        OneJar.NAMESPACE + ".servlet.ServletContainerInitializer",
                        OneJar.NAMESPACE + ".ws.rs.core.Feature",
                        OneJar.NAMESPACE + ".security.auth.message.module.ServerAuthModule",
                        OneJar.NAMESPACE + ".annotation.security.RolesAllowed");
        assertThat(OFFERED).containsAll(used);
    }

    /** The jar is without what nothing in it uses. */
    @Test
    void nothingIsLeftOutThatIsUsed() {
        assertThat(OURS).containsAll(used(type -> type.getName().startsWith("io.mapae.")));
    }

    /** Those of the jar's own types too, as some inherit the APIs'. */
    @Test
    void usesOnlyMembersThatTheApisHave() {
        List<JavaAccess<?>> accesses = LINKED.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> isApi(access.getTargetOwner())
                        || OURS.contains(access.getTargetOwner().getName()))
                .toList();
        assertThat(accesses.stream().filter(access -> isApi(access.getTargetOwner())))
                .hasSizeGreaterThan(100);
        assertThat(accesses.stream().filter(access -> !resolves(access)))
                .allMatch(LinkageIT::isObjects);
    }

    /** Every declaration can be loaded, and what later versions have as default methods is there for the older ones. */
    @Test
    void implementsAllThatTheApisDemand() throws Exception {
        URL[] urls = Stream.concat(Stream.of(OneJar.FILE), OneJar.oldestApis().stream())
                .map(LinkageIT::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            for (String name : OURS) {
                Class<?> type = Class.forName(name, false, loader);
                assertThat(type.getDeclaredFields()).as(name).doesNotContainNull();
                assertThat(type.getDeclaredMethods()).as(name).doesNotContainNull();
                assertThat(Optional.ofNullable(type.getRecordComponents())).as(name).isNotNull();
                if (!Modifier.isAbstract(type.getModifiers())) {
                    assertThat(Arrays.stream(type.getMethods())
                                    .filter(method -> Modifier.isAbstract(method.getModifiers()))
                                    .map(Method::toString))
                            .as(name)
                            .isEmpty();
                }
            }
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
