package io.mapae.containers.matrix;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The servers, in the order of the table. */
enum Product {
    TOMCAT_9("Tomcat 9.0", "tomcat-9", 17, new Tomcat(), Trait.SUBSET, Trait.JAVAX, Trait.JERSEY),
    TOMCAT_10("Tomcat 10.1", "tomcat-10.1", 17, new Tomcat(), Trait.SUBSET, Trait.EXAMPLE, Trait.JERSEY),
    TOMCAT_11("Tomcat 11.0", "tomcat-11", 17, new Tomcat(), Trait.SUBSET, Trait.JERSEY),
    JETTY_12_0_EE8("Jetty 12.0 ee8", "jetty-12.0", 17, new Jetty("ee8", false), Trait.JAVAX, Trait.JERSEY),
    JETTY_12_0_EE10("Jetty 12.0 ee10", "jetty-12.0", 17, new Jetty("ee10", false), Trait.JERSEY),
    JETTY_12_1_EE11("Jetty 12.1 ee11", "jetty-12.1", 17, new Jetty("ee11", true), Trait.SUBSET, Trait.JERSEY),
    WILDFLY("WildFly", "wildfly", 17, new WildFly(false), Trait.SUBSET, Trait.EXAMPLE, Trait.ENTERPRISE),
    WILDFLY_JASPI(
            "WildFly, `integrated-jaspi=false`", "wildfly", 17, new WildFly(true), Trait.SUBSET, Trait.ENTERPRISE),
    PAYARA_6("Payara 6", "payara-6", 17, new GlassFish(), Trait.SUBSET, Trait.EXAMPLE, Trait.ENTERPRISE),
    PAYARA_7("Payara 7", "payara-7", 25, new GlassFish(), Trait.ENTERPRISE),
    GLASSFISH_7("GlassFish 7", "glassfish-7", 17, new GlassFish(), Trait.ENTERPRISE),
    GLASSFISH_8("GlassFish 8", "glassfish-8", 25, new GlassFish(), Trait.ENTERPRISE),
    LIBERTY("Open Liberty", "liberty", 17, new Liberty(), Trait.SUBSET, Trait.ENTERPRISE);

    /** What else there is to know about a server. */
    enum Trait {
        /** Takes part in every run. */
        SUBSET,
        /** Runs the example in every run. */
        EXAMPLE,
        /** Knows {@code javax.*} only. */
        JAVAX,
        /** Has no JAX-RS, so the application brings Jersey. */
        JERSEY,
        /** Has JAX-RS, session beans and Jakarta Security. */
        ENTERPRISE
    }

    private final String title;
    private final String directory;
    private final int release;
    private final Launcher launcher;
    private final Set<Trait> traits;

    Product(String title, String directory, int release, Launcher launcher, Trait... traits) {
        this.title = title;
        this.directory = directory;
        this.release = release;
        this.launcher = launcher;
        this.traits = Set.of(traits);
    }

    /**
     * Those of {@code -Dservers}: {@code subset}, {@code all}, or their names, lower case, between commas.
     *
     * @param subset what those of a subset are
     */
    static List<Product> chosen(Trait subset) {
        String chosen = System.getProperty("servers", "subset");
        List<String> names = List.of(chosen.split(","));
        return Arrays.stream(values())
                .filter(product -> chosen.equals("all")
                        || (chosen.equals("subset") && product.has(subset))
                        || names.contains(product.id()))
                .toList();
    }

    /** Its name on the command line and in names of files. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its name in the table. */
    String title() {
        return title;
    }

    /** The directory of its unpacked distributions. */
    String directory() {
        return directory;
    }

    /** The Java release it runs on. */
    int release() {
        return release;
    }

    Launcher launcher() {
        return launcher;
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }
}
