package io.mapae.jaxrs.app;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** Binds {@link AskingFilter}. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface Asking {}
