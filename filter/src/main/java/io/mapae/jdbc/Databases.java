package io.mapae.jdbc;

import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/** What the address of a database leads to. No message tells the address, which may hold a password. */
public final class Databases {
    private Databases() {}

    /**
     * A server's pool, by its JNDI name in {@code java:}, which is the server's own and not in a directory that others write
     * to. Only the threads of the server know the application's names.
     *
     * @throws IllegalArgumentException if there is none
     */
    @SuppressWarnings("BanJNDI") // the name is the administrator's, as in web.xml
    public static DataSource named(String name) {
        try {
            if (new InitialContext().lookup(name) instanceof DataSource pool) {
                return pool;
            }
        } catch (NamingException unknown) {
            // no DataSource either
        }
        throw new IllegalArgumentException("no DataSource has that JNDI name");
    }

    /**
     * A driver of the application's, which {@code DriverManager} need not know: it has looked for those of the first
     * application alone.
     *
     * @throws IllegalArgumentException if none takes that address
     */
    public static Driver driver(String url, ClassLoader classes) {
        for (Driver driver : drivers(classes)) {
            try {
                if (driver.acceptsURL(url)) {
                    return driver;
                }
            } catch (SQLException malformed) {
                // the next one, then
            }
        }
        throw new IllegalArgumentException("no JDBC driver takes that address");
    }

    private static List<Driver> drivers(ClassLoader classes) {
        List<Driver> drivers = new ArrayList<>();
        Iterator<Driver> found = ServiceLoader.load(Driver.class, classes).iterator();
        while (true) {
            try {
                if (!found.hasNext()) {
                    break;
                }
                drivers.add(found.next());
            } catch (ServiceConfigurationError broken) {
                // another one may do
            }
        }
        DriverManager.drivers().forEach(drivers::add);
        return drivers;
    }
}
