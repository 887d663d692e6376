package io.mapae.jmx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** What is on JMX, of all applications of this JVM. Safe for use by several threads. */
public final class Beans {
    private static final Logger LOG = System.getLogger("io.mapae.jmx");
    private static final int MAX_NAMESAKES = 100;

    private Beans() {}

    /**
     * Shows {@code bean} as {@code io.mapae:type=…,application=…} and what else is in its name. Where JMX refuses, nothing
     * is shown, and the log says so.
     *
     * @param more further keys of the name, such as {@code ,issuer="…"}; or nothing
     * @return shows it no more
     */
    public static <T> Runnable show(String type, String application, String more, T bean, Class<T> view) {
        String name = "io.mapae:type=" + type + ",application=" + ObjectName.quote(application) + more;
        try {
            ObjectName shown = register(new StandardMBean(bean, view, true), name);
            return () -> unregister(shown);
        } catch (JMException | SecurityException refused) {
            LOG.log(Level.WARNING, type + " is not on JMX: " + refused);
            return () -> {};
        }
    }

    /** Virtual hosts may well have applications of the same name. */
    private static ObjectName register(StandardMBean bean, String name) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (int instance = 1; instance <= MAX_NAMESAKES; instance++) {
            try {
                ObjectName free = new ObjectName(instance == 1 ? name : name + ",instance=" + instance);
                server.registerMBean(bean, free);
                return free;
            } catch (InstanceAlreadyExistsException taken) {
                // the next one, then
            }
        }
        throw new InstanceAlreadyExistsException(name);
    }

    private static void unregister(ObjectName name) {
        try {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        } catch (JMException | RuntimeException gone) {
            LOG.log(Level.DEBUG, "An MBean was gone already", gone);
        }
    }
}
