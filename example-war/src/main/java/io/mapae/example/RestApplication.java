package io.mapae.example;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/**
 * The API, with nothing but Jakarta REST: Mapae's feature is found without being named. Not final, as servers with CDI may put a
 * proxy in its place.
 */
@ApplicationPath("api")
public class RestApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(BoardResource.class, PrivateAnswers.class, Problem.OutOfReach.class);
    }
}
