package io.mapae.jaxrs;

import io.mapae.http.Demand;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What annotations demand of the callers of a resource method. Roles ({@code @RolesAllowed}, {@code @PermitAll},
 * {@code @DenyAll}) and scopes are looked for apart: at the method, then at the class that declares it (Jakarta Annotations
 * 3.0 §2.1). Where both are silent, the methods that it overrides, the resource's class, its superclasses and interfaces may
 * restrict who may call, but permit nothing. What is permitted or denied to all ends the search for scopes too.
 */
final class Annotations {
    /** The method and its class: the places that come first, and whose word counts in every case. */
    private static final int OWN = 2;

    private static final List<Class<? extends Annotation>> ALL =
            List.of(DenyAll.class, PermitAll.class, RolesAllowed.class, Scopes.class);
    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]+");

    private Annotations() {}

    /** The demands, all of which are to be met; empty where no annotation says anything. */
    static List<Demand> demands(Class<?> resource, Method method) {
        Optional<Demand> roles = Optional.empty();
        Optional<Demand> scopes = Optional.empty();
        int at = 0;
        for (AnnotatedElement place : places(resource, method)) {
            boolean mayPermit = at++ < OWN;
            roles = roles.or(() -> roles(place).filter(demand -> mayPermit || demand.kind() != Demand.Kind.PERMIT));
            scopes = scopes.or(() -> scopes(place));
            if (roles.filter(demand -> demand.kind() != Demand.Kind.ROLE).isPresent()) {
                break;
            }
        }
        return Stream.concat(roles.stream(), scopes.stream()).toList();
    }

    /** What a class demands of those who come to another resource through its locators: never less than that one does. */
    static List<Demand> demandsOfLocators(Class<?> resource) {
        Optional<Demand> roles = types(resource).stream()
                .flatMap(type -> roles(type).stream())
                .findFirst()
                .filter(demand -> demand.kind() != Demand.Kind.PERMIT);
        Optional<Demand> scopes =
                types(resource).stream().flatMap(type -> scopes(type).stream()).findFirst();
        return Stream.concat(roles.stream(), scopes.stream()).toList();
    }

    private static Optional<Demand> roles(AnnotatedElement place) {
        if (place.isAnnotationPresent(DenyAll.class)) {
            return Optional.of(Demand.DENY);
        }
        if (place.isAnnotationPresent(PermitAll.class)) {
            return Optional.of(Demand.PERMIT);
        }
        return Optional.ofNullable(place.getAnnotation(RolesAllowed.class))
                .map(allowed -> new Demand(Demand.Kind.ROLE, inOrder(allowed.value())));
    }

    private static Optional<Demand> scopes(AnnotatedElement place) {
        return Optional.ofNullable(place.getAnnotation(Scopes.class))
                .map(scopes ->
                        new Demand(scopes.any() ? Demand.Kind.ANY_SCOPE : Demand.Kind.SCOPE, inOrder(scopes.value())));
    }

    private static Set<String> inOrder(String[] names) {
        return new LinkedHashSet<>(Arrays.asList(names));
    }

    /** From the nearest to the farthest; where a framework names a method that is overridden, what is called is nearer. */
    private static Set<AnnotatedElement> places(Class<?> resource, Method method) {
        List<Class<?>> types = types(resource);
        Map<Type, Type> bindings = bindings(types);
        List<Method> same = types.stream()
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(other -> isOverridable(other)
                        && other.getName().equals(method.getName())
                        && parameters(other, bindings).equals(parameters(method, bindings)))
                .toList();
        Method called = same.stream().findFirst().orElse(method);
        Set<AnnotatedElement> places = new LinkedHashSet<>();
        places.add(called);
        places.add(called.getDeclaringClass());
        places.addAll(same);
        places.addAll(types);
        return places;
    }

    /** What is private or static is another method, whatever its name. */
    private static boolean isOverridable(Method method) {
        return !method.isBridge()
                && !Modifier.isPrivate(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers());
    }

    /** The class, its superclasses, and then all of their interfaces. */
    private static List<Class<?>> types(Class<?> resource) {
        Set<Class<?>> classes = new LinkedHashSet<>();
        for (Class<?> type = resource; type != null && type != Object.class; type = type.getSuperclass()) {
            classes.add(type);
        }
        Set<Class<?>> types = new LinkedHashSet<>(classes);
        classes.forEach(type -> addInterfaces(type, types));
        return List.copyOf(types);
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> types) {
        for (Class<?> each : type.getInterfaces()) {
            types.add(each);
            addInterfaces(each, types);
        }
    }

    /** What stands for the type variables of superclasses and interfaces. */
    private static Map<Type, Type> bindings(List<Class<?>> types) {
        Map<Type, Type> bindings = new HashMap<>();
        types.stream()
                .flatMap(type -> Stream.concat(
                        Stream.of(type.getGenericInterfaces()), Stream.ofNullable(type.getGenericSuperclass())))
                .forEach(type -> {
                    if (type instanceof ParameterizedType filled && filled.getRawType() instanceof Class<?> raw) {
                        for (int i = 0; i < raw.getTypeParameters().length; i++) {
                            bindings.put(raw.getTypeParameters()[i], filled.getActualTypeArguments()[i]);
                        }
                    }
                });
        return bindings;
    }

    private static List<Class<?>> parameters(Method method, Map<Type, Type> bindings) {
        List<Class<?>> parameters = new ArrayList<>();
        for (Type type : method.getGenericParameterTypes()) {
            parameters.add(erasure(type, bindings));
        }
        return parameters;
    }

    /** JLS §4.6, after what stands for a type variable has been put in its place. */
    private static Class<?> erasure(Type type, Map<Type, Type> bindings) {
        if (type instanceof ParameterizedType parameterized) {
            return erasure(parameterized.getRawType(), bindings);
        }
        if (type instanceof GenericArrayType array) {
            return erasure(array.getGenericComponentType(), bindings).arrayType();
        }
        if (type instanceof TypeVariable<?> variable) {
            Type bound = bindings.get(variable);
            return erasure(bound == null ? variable.getBounds()[0] : bound, bindings);
        }
        return (Class<?>) type;
    }

    /** What is wrong with the annotations that decide about a method, or that cannot: in words for whoever wrote them. */
    static List<String> problems(Class<?> resource, Method method) {
        List<String> problems = new ArrayList<>();
        for (AnnotatedElement place : places(resource, method)) {
            problems(place).forEach(problem -> problems.add(place + ": " + problem));
        }
        return problems;
    }

    /** The same for a class's locators, and so for what is behind them. */
    static List<String> problemsOfLocators(Class<?> resource) {
        List<String> problems = new ArrayList<>();
        types(resource)
                .forEach(type -> Arrays.stream(type.getDeclaredMethods())
                        .filter(other -> isAnnotated(other) && isLocator(resource, other))
                        .forEach(other -> problems.add(other + ": on a sub-resource locator, where nobody asks for it;"
                                + " annotate the class of the sub-resource")));
        return problems;
    }

    private static List<String> problems(AnnotatedElement place) {
        List<String> problems = new ArrayList<>();
        List<Class<? extends Annotation>> present =
                ALL.stream().filter(place::isAnnotationPresent).toList();
        boolean meansAll = present.contains(PermitAll.class) || present.contains(DenyAll.class);
        if (meansAll && present.size() > 1) {
            problems.add("annotations that contradict each other");
        }
        Optional.ofNullable(place.getAnnotation(RolesAllowed.class))
                .filter(roles -> roles.value().length == 0
                        || Arrays.stream(roles.value()).anyMatch(String::isBlank))
                .ifPresent(roles -> problems.add("@RolesAllowed without a role, or with an empty one"));
        Optional.ofNullable(place.getAnnotation(Scopes.class))
                .filter(scopes -> scopes.value().length == 0
                        || !Arrays.stream(scopes.value()).allMatch(SCOPE.asMatchPredicate()))
                .ifPresent(scopes -> problems.add("@Scopes without a scope, or with one that is none"));
        return problems;
    }

    /** Jakarta REST §3.6: of the method and those that it overrides, the nearest that says anything decides. */
    private static boolean isLocator(Class<?> resource, Method method) {
        return places(resource, method).stream()
                .filter(Method.class::isInstance)
                .filter(place -> place.isAnnotationPresent(Path.class) || hasHttpMethod(place))
                .findFirst()
                .filter(place -> !hasHttpMethod(place))
                .isPresent();
    }

    private static boolean hasHttpMethod(AnnotatedElement place) {
        return Arrays.stream(place.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethod.class));
    }

    private static boolean isAnnotated(Method method) {
        return ALL.stream().anyMatch(method::isAnnotationPresent);
    }
}
