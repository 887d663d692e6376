package io.mapae.jaxrs.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** The properties of the WAR's {@code app.properties}, and the classes that it lists, else whatever is found by scanning. */
@ApplicationPath("/api")
public class App extends Application {
    private final Properties listed = new Properties();

    public App() throws IOException {
        try (InputStream text = App.class.getResourceAsStream("/app.properties")) {
            if (text != null) {
                listed.load(text);
            }
        }
    }

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>();
        for (String name : listed.getProperty("classes", "").split(" ", 0)) {
            try {
                if (!name.isEmpty()) {
                    classes.add(Class.forName(name));
                }
            } catch (ClassNotFoundException missing) {
                throw new LinkageError(name, missing);
            }
        }
        return classes;
    }

    @Override
    public Map<String, Object> getProperties() {
        Map<String, Object> properties = new HashMap<>();
        listed.forEach((name, value) -> properties.put((String) name, value));
        return properties;
    }
}
