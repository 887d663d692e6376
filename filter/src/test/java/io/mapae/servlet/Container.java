package io.mapae.servlet;

import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** The servers that every test of the filter runs on, embedded: on 127.0.0.1, at a port of their own. */
enum Container {
    TOMCAT {
        @Override
        Running start(App... apps) throws Exception {
            Tomcat tomcat = new Tomcat();
            Path directory = App.scratch("tomcat");
            tomcat.setBaseDir(directory.toString());
            Connector connector = new Connector();
            connector.setPort(0);
            connector.setProperty("address", "127.0.0.1");
            connector.setProperty("maxHttpRequestHeaderSize", String.valueOf(HEADER_SIZE));
            tomcat.setConnector(connector);
            try {
                for (App app : apps) {
                    add(app, tomcat.addContext(app.path, app.directory().toString()));
                }
                tomcat.start();
            } catch (LifecycleException failure) {
                tomcat.destroy();
                throw failure;
            }
            return new Running(connector.getLocalPort(), () -> {
                tomcat.stop();
                tomcat.destroy();
            });
        }

        @SuppressWarnings("deprecation") // of the mapping of servlets: Tomcat names nothing instead
        private void add(App app, Context context) {
            app.contextParams.forEach(context::addParameter);
            for (App.Mapped mapped : app.filters) {
                FilterDef filter = new FilterDef();
                filter.setFilterName(mapped.name());
                filter.setFilter(mapped.filter());
                filter.setFilterClass(mapped.filter().getClass().getName());
                filter.setAsyncSupported("true");
                mapped.params().forEach(filter::addInitParameter);
                context.addFilterDef(filter);
                FilterMap mapping = new FilterMap();
                mapping.setFilterName(mapped.name());
                mapping.addURLPattern(mapped.pattern());
                mapped.types().forEach(type -> mapping.setDispatcher(type.name()));
                context.addFilterMap(mapping);
            }
            app.servlets.forEach((pattern, servlet) -> {
                Wrapper wrapper = Tomcat.addServlet(context, pattern, servlet);
                wrapper.setAsyncSupported(true);
                context.addServletMappingDecoded(pattern, pattern);
            });
            for (String location : app.errorPages) {
                ErrorPage page = new ErrorPage();
                page.setLocation(location);
                context.addErrorPage(page);
            }
            if (app.hasInitializer()) {
                context.addServletContainerInitializer(new AutoRegistration(), null);
            }
            app.initializers.forEach(initializer -> context.addServletContainerInitializer(initializer, null));
        }
    },

    JETTY {
        @Override
        Running start(App... apps) throws Exception {
            Server server = new Server();
            HttpConfiguration configuration = new HttpConfiguration();
            configuration.setRequestHeaderSize(HEADER_SIZE);
            ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
            connector.setHost("127.0.0.1");
            server.addConnector(connector);
            ContextHandlerCollection contexts = new ContextHandlerCollection();
            for (App app : apps) {
                contexts.addHandler(context(app));
            }
            server.setHandler(contexts);
            try {
                server.start();
            } catch (Exception failure) {
                server.stop();
                throw failure;
            }
            return new Running(connector.getLocalPort(), server::stop);
        }

        private ServletContextHandler context(App app) {
            ServletContextHandler context = new ServletContextHandler(app.path, ServletContextHandler.SESSIONS);
            context.setBaseResourceAsPath(app.directory());
            app.contextParams.forEach(context::setInitParameter);
            for (App.Mapped mapped : app.filters) {
                FilterHolder filter = new FilterHolder(mapped.filter());
                filter.setName(mapped.name());
                filter.setAsyncSupported(true);
                filter.setInitParameters(Map.copyOf(mapped.params()));
                EnumSet<DispatcherType> types = EnumSet.copyOf(mapped.types());
                context.addFilter(filter, mapped.pattern(), types);
            }
            app.servlets.forEach((pattern, servlet) -> {
                ServletHolder holder = new ServletHolder(pattern, servlet);
                holder.setAsyncSupported(true);
                context.addServlet(holder, pattern);
            });
            if (!app.errorPages.isEmpty()) {
                ErrorPageErrorHandler handler = new ErrorPageErrorHandler();
                app.errorPages.forEach(page -> handler.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, page));
                context.setErrorHandler(handler);
            }
            if (app.hasInitializer()) {
                context.addServletContainerInitializer(new AutoRegistration());
            }
            app.initializers.forEach(context::addServletContainerInitializer);
            return context;
        }
    };

    /** More than a token that is too long needs, so that the filter gets to see it. */
    static final int HEADER_SIZE = 16384;

    /** What stops a server. */
    interface Stop {
        void run() throws Exception;
    }

    /** A server that runs until it is closed. */
    record Running(int port, Stop stop) implements AutoCloseable {
        /** Sends one request on a connection of its own. */
        Wire.Reply ask(String method, String target, String... fields) throws Exception {
            try (Wire wire = Wire.to(port)) {
                return wire.ask(method, target, fields);
            }
        }

        @Override
        public void close() {
            try {
                stop.run();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    abstract Running start(App... apps) throws Exception;
}
