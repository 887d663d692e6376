package io.mapae.example;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;

/** What the application's requests share, from its start to its end. */
record Services(Board board, BoardNews news, Authors authors) {
    static Services of(ServletContext context) {
        return (Services) context.getAttribute(Services.class.getName());
    }

    private static Services open(ServletContext context) {
        Board board = Board.open(Setting.DATABASE.in(context), InstantSource.system());
        try {
            Authors authors = Authors.at(Setting.PROFILE.in(context));
            return new Services(board, new BoardNews(board), authors);
        } catch (RuntimeException wrong) {
            board.close();
            throw wrong;
        }
    }

    private void close() {
        try {
            news.close();
        } finally {
            try {
                board.close();
            } finally {
                authors.close();
            }
        }
    }

    /** Opens and closes them. */
    public static final class Listener implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServletContext context = event.getServletContext();
            Services services = open(context);
            context.setAttribute(Services.class.getName(), services);
            Object webSockets = context.getAttribute("jakarta.websocket.server.ServerContainer");
            if (webSockets != null) {
                BoardSocket.open(webSockets, context, services.news());
            }
        }

        @Override
        public void contextDestroyed(ServletContextEvent event) {
            Services services = of(event.getServletContext());
            try {
                if (services != null) {
                    services.close();
                }
            } finally {
                forgetDrivers();
            }
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
