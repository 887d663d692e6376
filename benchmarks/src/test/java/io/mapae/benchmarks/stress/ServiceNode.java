package io.mapae.benchmarks.stress;

import io.mapae.service.http.ServiceRegistration;
import io.mapae.servlet.AutoRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * A node with a token service and a protected path on loopback: {@code ServiceNode PORT name=value…}. It ends with whoever
 * started it, by the end of its input.
 */
final class ServiceNode {
    /** Held, as loggers that nobody holds forget their level. */
    private static final List<Logger> TALKATIVE =
            List.of(Logger.getLogger("org.apache"), Logger.getLogger("com.zaxxer"), Logger.getLogger("io.mapae"));

    private ServiceNode() {}

    public static void main(String[] args) throws Exception {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.SEVERE));
        Path base = Files.createTempDirectory("node");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(Integer.parseInt(args[0]));
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        Context context = tomcat.addContext("", base.toString());
        for (String setting : List.of(args).subList(1, args.length)) {
            String[] parts = setting.split("=", 2);
            context.addParameter("mapae." + parts[0], parts[1]);
        }
        context.addServletContainerInitializer(new AutoRegistration(), Set.of());
        context.addServletContainerInitializer(new ServiceRegistration(), Set.of());
        Tomcat.addServlet(context, "who", new Who()).addMapping("/who");
        context.setParentClassLoader(ServiceNode.class.getClassLoader());
        tomcat.start();
        while (System.in.read() >= 0) {
            // Nobody writes anything.
        }
        Runtime.getRuntime().halt(0);
    }

    private static final class Who extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getWriter().print(request.getUserPrincipal().getName());
        }
    }
}
