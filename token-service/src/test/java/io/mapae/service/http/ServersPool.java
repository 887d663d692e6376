package io.mapae.service.http;

import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.Reference;
import javax.naming.spi.ObjectFactory;
import javax.sql.DataSource;
import org.apache.tomcat.util.descriptor.web.ContextResource;

/** A pool as a resource of Tomcat, which asks this factory for it. */
public final class ServersPool implements ObjectFactory {
    static final String NAME = "java:comp/env/jdbc/app";

    private static final Map<String, DataSource> POOLS = new ConcurrentHashMap<>();

    static ContextResource resource(DataSource pool) {
        String id = UUID.randomUUID().toString();
        POOLS.put(id, pool);
        ContextResource resource = new ContextResource();
        resource.setName("jdbc/app");
        resource.setAuth("Container");
        resource.setType(DataSource.class.getName());
        resource.setCloseMethod(""); // else Tomcat closes it with the application, and nobody sees who else did
        resource.setProperty("factory", ServersPool.class.getName());
        resource.setProperty("pool", id);
        return resource;
    }

    @Override
    public Object getObjectInstance(Object resource, Name name, Context context, Hashtable<?, ?> environment) {
        return Objects.requireNonNull(
                POOLS.get(((Reference) resource).get("pool").getContent()));
    }
}
