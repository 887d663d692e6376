package io.mapae.example;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;

/** What the application's requests share, from its start to its end. */
record Services(Board board, BoardNews news, Authors authors) {
    static Services of(ServletContext context) {
        return (Services) context.getAttribute(Services.class.getName());
    }

    private static Services open(ServletContext context) {
        Authors authors = Authors.at(Setting.PROFILE.in(context).map(URI::create));
        Board board = Board.open(Setting.DATABASE.in(context));
        return new Services(board, new BoardNews(board), authors);
    }

    private void close() {
        news.close();
        board.close();
        authors.close();
    }

    /** Opens and closes them. */
    public static final class Listener implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServletContext context = event.getServletContext();
            Services services = open(context);
            context.setAttribute(Services.class.getName(), services);
            if (context.getAttribute("jakarta.websocket.server.ServerContainer") instanceof ServerContainer server) {
                try {
                    server.addEndpoint(BoardSocket.endpoint(services.news()));
                } catch (DeploymentException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            Services services = of(event.getServletContext());
            if (services != null) {
                services.close();
            }
            forgetDrivers();
        }

        /** DriverManager would hold them, and by them all classes of an application that has ended. */
        private static void forgetDrivers() {
            DriverManager.drivers()
                    .filter(driver -> driver.getClass().getClassLoader() == Services.class.getClassLoader())
                    .forEach(driver -> {
                        try {
                            DriverManager.deregisterDriver(driver);
                        } catch (SQLException denied) {
                            throw new IllegalStateException(denied);
                        }
                    });
        }
    }
}
