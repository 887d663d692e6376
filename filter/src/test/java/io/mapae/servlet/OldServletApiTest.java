package io.mapae.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The javax jar is ours with the package renamed, for servers as old as Servlet 3.1: whatever is used of the API must
 * have been there then, under the other name.
 */
class OldServletApiTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.mapae");
    private static final JavaClasses OLD = new ClassFileImporter().importPackages("javax.servlet");

    /** Where an access to the API goes to, in the old one's words: {@code javax.servlet.Filter.init(...)}. */
    private static Stream<String> uses(JavaClass type) {
        Stream<String> accesses = type.getAccessesFromSelf().stream()
                .filter(access -> isApi(access.getTargetOwner()))
                .map(OldServletApiTest::target);
        Stream<String> types = type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(OldServletApiTest::isApi)
                .map(target -> old(target.getName()));
        return Stream.concat(accesses, types);
    }

    private static String target(JavaAccess<?> access) {
        String name =
                access.getTargetOwner().getName() + "." + access.getTarget().getName();
        String signature = access instanceof JavaFieldAccess
                ? ""
                : access.getTarget().getFullName().substring(name.length());
        return old(name + signature);
    }

    private static boolean isApi(JavaClass type) {
        return type.getName().startsWith("jakarta.servlet.");
    }

    private static String old(String name) {
        return name.replace("jakarta.servlet.", "javax.servlet.");
    }

    /** What the old API has: types by their names, and every member by the name of each type that inherits it. */
    private static Stream<String> offers(JavaClass type) {
        Stream<JavaClass> family = Stream.of(
                        Stream.of(type), type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                .flatMap(classes -> classes);
        Stream<String> members = family.flatMap(owner -> owner.getMembers().stream()
                        .map(member -> member.getFullName()
                                .replaceFirst(owner.getName().replace("$", "\\$"), "")))
                .map(member -> type.getName() + member);
        return Stream.concat(Stream.of(type.getName()), members);
    }

    @Test
    void usesOnlyWhatServlet31Has() {
        List<String> used =
                OURS.stream().flatMap(OldServletApiTest::uses).distinct().toList();
        List<String> old =
                OLD.stream().flatMap(OldServletApiTest::offers).distinct().toList();
        assertThat(used)
                .contains(
                        "javax.servlet.http.HttpServletRequest.getDispatcherType()",
                        "javax.servlet.http.HttpServletRequestWrapper.<init>(javax.servlet.http.HttpServletRequest)",
                        "javax.servlet.DispatcherType.INCLUDE",
                        "javax.servlet.ServletContainerInitializer")
                .hasSizeGreaterThan(40);
        assertThat(old).containsAll(used);
    }

    @Test
    void onlyOnePackageUsesIt() {
        assertThat(OURS.stream()
                        .filter(type -> uses(type).findAny().isPresent())
                        .map(JavaClass::getPackageName))
                .containsOnly("io.mapae.servlet");
    }

    /** What 4.0 brought would be taken for there. */
    @Test
    void theOldApiIsOld() {
        List<String> old = OLD.stream().flatMap(OldServletApiTest::offers).toList();
        assertThat(old)
                .contains("javax.servlet.http.HttpServletRequest.changeSessionId()")
                .doesNotContain(
                        "javax.servlet.http.HttpServletRequest.getHttpServletMapping()",
                        "javax.servlet.http.HttpFilter",
                        "javax.servlet.GenericFilter");
    }

    /** {@code Filter.init} and {@code destroy} are default methods only since 4.0. */
    @Test
    void theFilterImplementsAllOfFilter() throws Exception {
        Class<?> filter = BearerTokenFilter.class;
        assertThat(Stream.of(
                        filter.getMethod("init", FilterConfig.class),
                        filter.getMethod("doFilter", ServletRequest.class, ServletResponse.class, FilterChain.class),
                        filter.getMethod("destroy")))
                .allMatch(method -> method.getDeclaringClass().equals(filter));
        assertThat(Arrays.asList(filter.getInterfaces())).hasSize(1);
        assertThat(filter.getSuperclass()).isEqualTo(Object.class);
    }
}
