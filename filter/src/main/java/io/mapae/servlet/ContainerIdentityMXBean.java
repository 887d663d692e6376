package io.mapae.servlet;

/** Who knows the callers of an application, as {@code io.mapae:type=Identity,application=…} shows it. */
public interface ContainerIdentityMXBean {
    /** {@code container}, beside the filter, or {@code filter} alone. */
    String getPath();

    /** The line of the log: which APIs see the caller, and which do not, and why. */
    String getReport();
}
