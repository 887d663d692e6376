package io.mapae.revocation.naming.java;

import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NameNotFoundException;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/** The names of a server, {@code java:…}; the JDK finds it by its own name. */
public final class javaURLContextFactory implements ObjectFactory {
    public static final Map<String, Object> BOUND = new ConcurrentHashMap<>();

    @Override
    public Object getObjectInstance(
            @Nullable Object what, @Nullable Name name, @Nullable Context context, @Nullable Hashtable<?, ?> env) {
        return Proxy.newProxyInstance(
                Context.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("lookup")) {
                        return null;
                    }
                    Object found = BOUND.get(String.valueOf(arguments[0]));
                    if (found == null) {
                        throw new NameNotFoundException();
                    }
                    return found;
                });
    }
}
