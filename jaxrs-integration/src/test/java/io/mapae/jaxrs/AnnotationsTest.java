package io.mapae.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.mapae.http.Demand;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What annotations say, and which of them cannot be meant. */
class AnnotationsTest {
    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void demands(String what, Class<?> resource, String expected) {
        assertThat(demandsOf(resource, method(resource))).isEqualTo(expected);
        assertThat(Annotations.problems(resource, method(resource))).isEmpty();
    }

    static Stream<Arguments> demands() {
        return Stream.of(
                arguments("no annotation at all", Nothing.class, ""),
                arguments("the method before its class", MethodAndClass.class, "ROLE[method]"),
                arguments("the class where the method says nothing", ClassOnly.class, "ROLE[class]"),
                arguments("the class that declares the method", Inheriting.class, "ROLE[class]"),
                arguments("the resource's class where that one is silent", OfNothing.class, "ROLE[resource]"),
                arguments("the class before the superclass's method", OverridesMethod.class, "ROLE[resource]"),
                arguments("the class before the interface's method", OfInterface.class, "ROLE[resource]"),
                arguments("the class before a generic interface's method", OfGeneric.class, "ROLE[resource]"),
                arguments(
                        "what the superclass's method restricts", Silent.SilentlyOverridesMethod.class, "ROLE[method]"),
                arguments(
                        "what the interface's method restricts",
                        Silent.SilentlyOfInterface.class,
                        "ROLE[interface method]"),
                arguments("what an interface of an interface says", Silent.OfDeeper.class, "ROLE[interface method]"),
                arguments("what the superclass's interface says", Silent.OfSuper.class, "ROLE[interface method]"),
                arguments("what a generic interface restricts", Silent.SilentlyOfGeneric.class, "ROLE[generic]"),
                arguments(
                        "what a generic method restricts",
                        Silent.SilentlyOfGenericMethod.class,
                        "ROLE[generic method]"),
                arguments("nothing that an interface permits", Silent.OfGeneralPermit.class, ""),
                arguments("nothing that the superclass permits", Silent.OfPermitted.class, ""),
                arguments("what the superclass denies", Silent.OfDenied.class, "DENY"),
                arguments("nothing of an overload", Overload.class, "ROLE[class]"),
                arguments("nothing of an overload with as many parameters", OtherType.class, "ROLE[class]"),
                arguments("nothing of a private method of the superclass", OverPrivate.class, "ROLE[class]"),
                arguments("the method before what it overrides", OverridesBoth.class, "ROLE[nearest]"),
                arguments(
                        "the superclass's method before the interface's",
                        Silent.SilentlyClassFirst.class,
                        "ROLE[method]"),
                arguments("the class before its superclass", ClassAndSuper.class, "ROLE[nearest]"),
                arguments("the superclass before the interface", SuperAndInterface.class, "ROLE[class]"),
                arguments("the interface", InterfaceOnly.class, "ROLE[interface]"),
                arguments("several roles in their order", SeveralRoles.class, "ROLE[z, a, m]"),
                arguments("nobody", Denied.class, "DENY"),
                arguments("everybody", Permitted.class, "PERMIT"),
                arguments("all scopes", AllScopes.class, "SCOPE[write, read]"),
                arguments("one of the scopes", AnyScope.class, "ANY_SCOPE[write, read]"),
                arguments("every character that RFC 6749 §3.3 allows", OddScopes.class, "SCOPE[!#[]~, a:b/c]"),
                arguments("roles and scopes of one method", RolesAndScopes.class, "ROLE[admin] SCOPE[write]"),
                arguments(
                        "roles of the class, scopes of the method", ScopesBelowRoles.class, "ROLE[class] SCOPE[write]"),
                arguments(
                        "scopes of the class, roles of the method", RolesBelowScopes.class, "ROLE[admin] SCOPE[read]"),
                arguments("scopes of the method before the class's", ScopesTwice.class, "SCOPE[write]"),
                arguments("no scopes of the class, where all may", PermittedBelowScopes.class, "PERMIT"),
                arguments("no scopes of the class, where nobody may", DeniedBelowScopes.class, "DENY"),
                arguments("no scopes of the superclass, where all may", PermittedOverScopes.class, "PERMIT"),
                arguments(
                        "scopes of the method, where the class admits all",
                        ScopesBelowPermit.class,
                        "PERMIT SCOPE[write]"),
                arguments(
                        "scopes of the method, where the class admits none",
                        ScopesBelowDeny.class,
                        "DENY SCOPE[write]"),
                arguments("roles of the method, where the class admits all", RolesBelowPermit.class, "ROLE[admin]"),
                arguments("roles of the method, where the class admits none", RolesBelowDeny.class, "ROLE[admin]"));
    }

    /** Frameworks differ in whether they name the method of the class or of its interface. */
    @Test
    void whatIsCalledDecidesWhoeverNamesIt() throws Exception {
        Method general = GeneralPermit.class.getMethod("get", Object.class);
        assertThat(demandsOf(StricterThanGeneral.class, general)).isEqualTo("ROLE[admin]");
        assertThat(demandsOf(OverridesBoth.class, MethodAndClass.class.getMethod("get")))
                .isEqualTo("ROLE[nearest]");
        Method generic = Generic.class.getMethod("get", Object.class);
        assertThat(demandsOf(Silent.Overloads.class, generic)).isEqualTo("ROLE[generic]");
        assertThat(demandsOf(Silent.OfArray.class, generic)).isEqualTo("ROLE[generic]");
    }

    @Test
    void anOverloadOfWhatTheGenericInterfaceSaysIsAnother() throws Exception {
        assertThat(demandsOf(Silent.Overloads.class, Silent.Overloads.class.getMethod("get", String.class)))
                .isEqualTo("ROLE[generic]");
        assertThat(demandsOf(Silent.Overloads.class, Silent.Overloads.class.getMethod("get", Integer.class)))
                .isEmpty();
        assertThat(demandsOf(Silent.OfArray.class, Silent.OfArray.class.getMethod("get", List[].class)))
                .isEqualTo("ROLE[generic]");
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void problems(String what, Class<?> resource, String expected) {
        assertThat(Annotations.problems(resource, method(resource)).stream()
                        .map(problem -> problem.replaceFirst(".*AnnotationsTest\\$", ""))
                        .collect(Collectors.joining("; ")))
                .isEqualTo(expected);
    }

    static Stream<Arguments> problems() {
        String contradiction = ": annotations that contradict each other";
        String role = ": @RolesAllowed without a role, or with an empty one";
        String scope = ": @Scopes without a scope, or with one that is none";
        return Stream.of(
                arguments("no role", NoRole.class, "NoRole.get()" + role),
                arguments("an empty role", EmptyRole.class, "EmptyRole.get()" + role),
                arguments("a blank role", BlankRole.class, "BlankRole" + role),
                arguments("no scope", NoScope.class, "NoScope.get()" + scope),
                arguments("an empty scope", EmptyScope.class, "EmptyScope.get()" + scope),
                arguments("a space in a scope", SpaceInScope.class, "SpaceInScope.get()" + scope),
                arguments("a quote in a scope", QuoteInScope.class, "QuoteInScope.get()" + scope),
                arguments("a backslash in a scope", BackslashInScope.class, "BackslashInScope.get()" + scope),
                arguments("a line's end in a scope", LineInScope.class, "LineInScope.get()" + scope),
                arguments("a delete character in a scope", DeleteInScope.class, "DeleteInScope.get()" + scope),
                arguments("an umlaut in a scope", UmlautInScope.class, "UmlautInScope.get()" + scope),
                arguments("all and some", PermitAndRoles.class, "PermitAndRoles.get()" + contradiction),
                arguments("none and some", DenyAndScopes.class, "DenyAndScopes.get()" + contradiction),
                arguments("all and none", PermitAndDeny.class, "PermitAndDeny.get()" + contradiction),
                arguments("all and scopes", PermitAndScopes.class, "PermitAndScopes.get()" + contradiction),
                arguments("on a class", PermitAndRolesOnClass.class, "PermitAndRolesOnClass" + contradiction),
                arguments("on a class, too", PermitAndDenyOnClass.class, "PermitAndDenyOnClass" + contradiction),
                // what says two things may be changed to say either; so nothing near it is served, even what has its
                // own
                arguments(
                        "where it would not decide", BelowContradiction.class, "PermitAndRolesOnClass" + contradiction),
                arguments("on an overridden method", OverContradiction.class, "PermitAndRoles.get()" + contradiction),
                arguments("more than one", Both.class, "Both.get()" + contradiction + "; Both.get()" + role),
                arguments("a locator beside it", Locator.class, ""));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource
    void problemsOfLocators(String what, Class<?> resource, String expected) {
        assertThat(Annotations.problemsOfLocators(resource).stream()
                        .map(problem -> problem.replaceFirst(".*AnnotationsTest\\$", ""))
                        .collect(Collectors.joining("; ")))
                .isEqualTo(expected);
    }

    static Stream<Arguments> problemsOfLocators() {
        String locator =
                ": on a sub-resource locator, where nobody asks for it; annotate the class of the sub-resource";
        return Stream.of(
                arguments("a locator", Locator.class, "Locator.sub()" + locator),
                arguments("an inherited locator", OfLocator.class, "Locator.sub()" + locator),
                arguments(
                        "a locator that is one by an interface",
                        LocatorByInterface.class,
                        "LocatorByInterface.sub()" + locator),
                arguments("a locator without annotations of ours", PlainLocator.class, ""),
                arguments("a method with a path of its own", PathOfMethod.class, ""));
    }

    /** What is found through a class's locators is never less protected than the class itself. */
    @ParameterizedTest
    @MethodSource
    void demandsOfLocators(Class<?> resource, String expected) {
        assertThat(text(Annotations.demandsOfLocators(resource))).isEqualTo(expected);
    }

    static Stream<Arguments> demandsOfLocators() {
        return Stream.of(
                arguments(Nothing.class, ""),
                arguments(ClassOnly.class, "ROLE[class]"),
                arguments(ClassAndSuper.class, "ROLE[nearest]"),
                arguments(InterfaceOnly.class, "ROLE[interface]"),
                arguments(PermittedClass.class, ""),
                arguments(DeniedClass.class, "DENY"),
                arguments(ScopesBelowRoles.class, "ROLE[class]"));
    }

    /** As frameworks find it: the method that is called, and no bridge to it. */
    private static Method method(Class<?> resource) {
        return Arrays.stream(resource.getMethods())
                .filter(method -> method.getName().equals("get") && !method.isBridge())
                .findFirst()
                .orElseThrow();
    }

    private static String demandsOf(Class<?> resource, Method method) {
        return text(Annotations.demands(resource, method));
    }

    private static String text(List<Demand> demands) {
        return demands.stream()
                .map(demand -> demand.kind()
                        + (demand.names().isEmpty() ? "" : demand.names().toString()))
                .collect(Collectors.joining(" "));
    }

    @PermitAll
    public static class PermittedClass {}

    @DenyAll
    public static class DeniedClass {}

    public static class Nothing {
        public void get() {}
    }

    @RolesAllowed("class")
    public static class MethodAndClass {
        @RolesAllowed("method")
        public void get() {}
    }

    static class WithPrivate {
        @PermitAll
        @SuppressWarnings("UnusedMethod")
        private void get() {}
    }

    @RolesAllowed("class")
    public static class OverPrivate extends WithPrivate {
        public void get() {}
    }

    @RolesAllowed("class")
    public static class ClassOnly {
        public void get() {}
    }

    @RolesAllowed("resource")
    public static class Inheriting extends ClassOnly {}

    @RolesAllowed("resource")
    public static class OfNothing extends Nothing {}

    @RolesAllowed("resource")
    public static class OverridesMethod extends MethodAndClass {
        @Override
        public void get() {}
    }

    interface MethodOfInterface {
        @RolesAllowed("interface method")
        void get();
    }

    @RolesAllowed("resource")
    public static class OfInterface implements MethodOfInterface {
        @Override
        public void get() {}
    }

    interface Deeper extends MethodOfInterface {}

    interface Generic<T> {
        @RolesAllowed("generic")
        void get(T thing);
    }

    @RolesAllowed("resource")
    public static class OfGeneric implements Generic<String> {
        @Override
        public void get(String thing) {}
    }

    interface GeneralPermit<T> {
        @PermitAll
        void get(T thing);
    }

    interface Narrowed<E> extends GeneralPermit<E> {}

    public static class StricterThanGeneral implements Narrowed<String> {
        @Override
        @RolesAllowed("admin")
        public void get(String thing) {}
    }

    interface GenericMethod {
        @RolesAllowed("generic method")
        <T extends Number> void get(T thing);
    }

    @RolesAllowed("class")
    public static class Overload {
        public void get() {}

        @PermitAll
        void get(String thing) {}
    }

    @RolesAllowed("class")
    public static class OtherType {
        public void get(Integer thing) {}

        @PermitAll
        void get(String thing) {}

        @PermitAll
        void get(Object thing) {}
    }

    @RolesAllowed("resource")
    public static class OverridesBoth extends MethodAndClass implements MethodOfInterface {
        @Override
        @RolesAllowed("nearest")
        public void get() {}
    }

    @RolesAllowed("nearest")
    public static class ClassAndSuper extends ClassOnly {
        @Override
        public void get() {}
    }

    @RolesAllowed("interface")
    interface Annotated {}

    public static class SuperAndInterface extends ClassOnly implements Annotated {
        @Override
        public void get() {}
    }

    public static class InterfaceOnly extends Nothing implements Annotated {}

    public static class SeveralRoles {
        @RolesAllowed({"z", "a", "m"})
        public void get() {}
    }

    @RolesAllowed("class")
    public static class Denied {
        @DenyAll
        public void get() {}
    }

    @RolesAllowed("class")
    public static class Permitted {
        @PermitAll
        public void get() {}
    }

    public static class AllScopes {
        @Scopes({"write", "read"})
        public void get() {}
    }

    public static class AnyScope {
        @Scopes(
                value = {"write", "read"},
                any = true)
        public void get() {}
    }

    public static class OddScopes {
        @Scopes({"!#[]~", "a:b/c"})
        public void get() {}
    }

    public static class RolesAndScopes {
        @Scopes("write")
        @RolesAllowed("admin")
        public void get() {}
    }

    @RolesAllowed("class")
    public static class ScopesBelowRoles {
        @Scopes("write")
        public void get() {}
    }

    @Scopes("read")
    public static class RolesBelowScopes {
        @RolesAllowed("admin")
        public void get() {}
    }

    @Scopes("read")
    public static class ScopesTwice {
        @Scopes("write")
        public void get() {}
    }

    @Scopes("read")
    public static class PermittedBelowScopes {
        @PermitAll
        public void get() {}
    }

    @Scopes("read")
    public static class DeniedBelowScopes {
        @DenyAll
        public void get() {}
    }

    @PermitAll
    public static class PermittedOverScopes extends ScopesTwice {
        @Override
        @PermitAll
        public void get() {}
    }

    @PermitAll
    public static class ScopesBelowPermit {
        @Scopes("write")
        public void get() {}
    }

    @DenyAll
    public static class ScopesBelowDeny {
        @Scopes("write")
        public void get() {}
    }

    @PermitAll
    public static class RolesBelowPermit {
        @RolesAllowed("admin")
        public void get() {}
    }

    @DenyAll
    public static class RolesBelowDeny {
        @RolesAllowed("admin")
        public void get() {}
    }

    public static class NoRole {
        @RolesAllowed({})
        public void get() {}
    }

    public static class EmptyRole {
        @RolesAllowed({"admin", ""})
        public void get() {}
    }

    @RolesAllowed(" ")
    public static class BlankRole {
        public void get() {}
    }

    public static class NoScope {
        @Scopes({})
        public void get() {}
    }

    public static class EmptyScope {
        @Scopes({"read", ""})
        public void get() {}
    }

    public static class SpaceInScope {
        @Scopes("read write")
        public void get() {}
    }

    public static class QuoteInScope {
        @Scopes("re\"ad")
        public void get() {}
    }

    public static class BackslashInScope {
        @Scopes("re\\ad")
        public void get() {}
    }

    public static class LineInScope {
        @Scopes("read\n")
        public void get() {}
    }

    public static class DeleteInScope {
        @Scopes("read\u007f")
        public void get() {}
    }

    public static class UmlautInScope {
        @Scopes("l\u00e4sen")
        public void get() {}
    }

    public static class PermitAndRoles {
        @PermitAll
        @RolesAllowed("admin")
        public void get() {}
    }

    public static class DenyAndScopes {
        @DenyAll
        @Scopes("read")
        public void get() {}
    }

    public static class PermitAndDeny {
        @PermitAll
        @DenyAll
        public void get() {}
    }

    public static class PermitAndScopes {
        @PermitAll
        @Scopes("read")
        public void get() {}
    }

    @PermitAll
    @RolesAllowed("admin")
    public static class PermitAndRolesOnClass {
        public void get() {}
    }

    @PermitAll
    @DenyAll
    public static class PermitAndDenyOnClass {
        public void get() {}
    }

    public static class BelowContradiction extends PermitAndRolesOnClass {
        @Override
        @RolesAllowed("admin")
        public void get() {}
    }

    public static class OverContradiction extends PermitAndRoles {
        @Override
        @DenyAll
        public void get() {}
    }

    public static class Both {
        @PermitAll
        @RolesAllowed({})
        public void get() {}
    }

    public static class Locator {
        public void get() {}

        @Path("sub")
        @RolesAllowed("admin")
        public Object sub() {
            return "";
        }
    }

    public static class OfLocator extends Locator {}

    interface Located {
        @Path("sub")
        Object sub();
    }

    public static class LocatorByInterface implements Located {
        public void get() {}

        @Override
        @RolesAllowed("admin")
        public Object sub() {
            return "";
        }
    }

    public static class PlainLocator implements Located {
        public void get() {}

        @Override
        public Object sub() {
            return "";
        }
    }

    public static class PathOfMethod {
        public void get() {}

        @GET
        @Path("sub")
        @RolesAllowed("admin")
        public Object sub() {
            return "";
        }
    }

    /** Resources that say nothing themselves. */
    static final class Silent {
        public static class SilentlyOverridesMethod extends MethodAndClass {
            @Override
            public void get() {}
        }

        public static class SilentlyOfInterface implements MethodOfInterface {
            @Override
            public void get() {}
        }

        public static class OfDeeper implements Deeper {
            @Override
            public void get() {}
        }

        public static class OfSuper extends SilentlyOfInterface {
            @Override
            public void get() {}
        }

        public static class SilentlyOfGeneric implements Generic<String> {
            @Override
            public void get(String thing) {}
        }

        public static class SilentlyOfGenericMethod implements GenericMethod {
            @Override
            public <N extends Number> void get(N thing) {}
        }

        public static class OfGeneralPermit implements Narrowed<String> {
            @Override
            public void get(String thing) {}
        }

        public static class OfPermitted extends PermittedClass {
            public void get() {}
        }

        public static class OfDenied extends DeniedClass {
            public void get() {}
        }

        public static class SilentlyClassFirst extends MethodAndClass implements MethodOfInterface {
            @Override
            public void get() {}
        }

        public static class Overloads implements Generic<String> {
            @Override
            public void get(String thing) {}

            public void get(Integer thing) {}
        }

        public static class OfArray implements Generic<List<String>[]> {
            @Override
            public void get(List<String>[] thing) {}
        }
    }
}
