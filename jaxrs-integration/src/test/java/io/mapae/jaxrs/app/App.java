package io.mapae.jaxrs.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Whatever is found by scanning. */
@ApplicationPath("/api")
public class App extends Application {}
