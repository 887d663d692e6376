package io.mapae.jaxrs.app;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Binds {@link BoundFilter}. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface Bound {}
