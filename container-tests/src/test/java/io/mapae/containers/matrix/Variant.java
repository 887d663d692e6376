package io.mapae.containers.matrix;

import java.util.Locale;

/** The applications that each server gets, which differ in their descriptor. */
enum Variant {
    /** No {@code <login-config>}. */
    PLAIN,
    /** No annotation counts. */
    COMPLETE,
    /** Has users of its own, who send name and password. */
    BASIC,
    /** Has users of its own, who fill in a form. */
    FORM,
    /** With a JAX-RS resource, and, where the server has them, a session bean and Jakarta Security. */
    EXTENDED,
    /** The plain one without Mapae. */
    BARE,
    /** The plain one with a setting that does not exist. */
    WRONG;

    /** Whether it is there from the start. */
    boolean isFirst() {
        return this != BARE && this != WRONG;
    }

    /** The context path, without its slash. */
    String context() {
        return name().toLowerCase(Locale.ROOT);
    }
}
