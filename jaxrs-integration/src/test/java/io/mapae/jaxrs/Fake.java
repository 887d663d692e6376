package io.mapae.jaxrs;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.matcher.ElementMatchers;

/** A type of the JAX-RS API that can only do what one object does, by methods of the same names and parameters. */
final class Fake {
    private Fake() {}

    static <T> T of(Class<T> type, Object behaviour) {
        InvocationHandler handler = (proxy, method, arguments) -> call(behaviour, method, arguments);
        return of(type, handler);
    }

    /** One that answers always the same, or what the supplier among the answers has. */
    static <T> T of(Class<T> type, Map<String, ?> answers) {
        return of(type, (proxy, method, arguments) -> {
            Object answer = answers.get(method.getName());
            if (answer == null) {
                throw new UnsupportedOperationException(method.toString());
            }
            return answer instanceof Supplier<?> each ? each.get() : answer;
        });
    }

    private static <T> T of(Class<T> type, InvocationHandler handler) {
        return type.isInterface()
                ? type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler))
                : type.cast(ofClass(type, handler));
    }

    private static Object ofClass(Class<?> type, InvocationHandler handler) {
        try {
            return new ByteBuddy()
                    .subclass(type)
                    .method(ElementMatchers.isAbstract())
                    .intercept(InvocationHandlerAdapter.of(handler))
                    .make()
                    .load(type.getClassLoader())
                    .getLoaded()
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("no fake", impossible);
        }
    }

    private static Object call(Object behaviour, Method method, Object[] arguments) throws Throwable {
        Method own = Arrays.stream(behaviour.getClass().getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method.getName())
                        && Arrays.equals(candidate.getParameterTypes(), method.getParameterTypes()))
                .findFirst()
                .orElseThrow(() -> new UnsupportedOperationException(method.toString()));
        own.setAccessible(true);
        try {
            return own.invoke(behaviour, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
