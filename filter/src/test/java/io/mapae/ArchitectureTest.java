package io.mapae;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;

/** What the structure promises: whoever breaks it has to change this page too. */
@AnalyzeClasses(packages = "io.mapae", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** Each package may use those after it. */
    private static final String[] DOWNWARD = {
        "io.mapae.servlet",
        "io.mapae",
        "io.mapae.config",
        "io.mapae.http",
        "io.mapae.relay",
        "io.mapae.identity",
        "io.mapae.replay",
        "io.mapae.verify",
        "io.mapae.revocation",
        "io.mapae.keys",
        "io.mapae.jws",
        "io.mapae.jdbc",
        "io.mapae.jmx"
    };

    @ArchTest
    static final ArchRule ARROWS_POINT_DOWN = arrowsPointDown();

    @ArchTest
    static final ArchRule SERVLETS_ARE_KNOWN_TO_THEIR_ADAPTER_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("io.mapae.servlet")
            .should()
            .dependOnClassesThat(resideInAPackage("jakarta.servlet.."));

    @ArchTest
    static final ArchRule JOSE4J_IS_KNOWN_TO_JWS_AND_KEYS_ALONE = noClasses()
            .that()
            .resideOutsideOfPackages("io.mapae.jws", "io.mapae.keys")
            .should()
            .dependOnClassesThat(resideInAPackage("org.jose4j.."));

    @ArchTest
    static final ArchRule KEYS_USE_THE_JWK_CLASSES_OF_JOSE4J_ALONE = noClasses()
            .that()
            .resideInAPackage("io.mapae.keys")
            .should()
            .dependOnClassesThat(resideInAPackage("org.jose4j..")
                    .and(resideInAnyPackage("org.jose4j.jwk..", "org.jose4j.lang..")
                            .negate()));

    @ArchTest
    static final ArchRule THE_NETWORK_AND_JMX_ARE_KNOWN_TO_FEW = noClasses()
            .that()
            .resideOutsideOfPackages("io.mapae.keys", "io.mapae.config", "io.mapae.relay", "io.mapae.jmx")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.net.http..", "javax.net..", "javax.management.."));

    @ArchTest
    static final ArchRule DATABASES_ARE_KNOWN_TO_FEW = noClasses()
            .that()
            .resideOutsideOfPackages("io.mapae.revocation", "io.mapae.replay", "io.mapae.jdbc")
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "javax.naming.."));

    @ArchTest
    static final ArchRule DATABASES_ARE_FOUND_IN_ONE_PLACE = noClasses()
            .that()
            .resideOutsideOfPackage("io.mapae.jdbc")
            .should()
            .dependOnClassesThat(resideInAPackage("javax.naming..").or(equivalentTo(DriverManager.class)));

    @ArchTest
    static final ArchRule JACKSON_IS_KNOWN_TO_JWS_ALONE = noClasses()
            .that()
            .resideOutsideOfPackage("io.mapae.jws")
            .should()
            .dependOnClassesThat(resideInAPackage("tools.jackson.."));

    @ArchTest
    static final ArchRule THERE_IS_NO_OTHER_LIBRARY = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                            "io.mapae..", "java..", "jakarta.servlet..", "org.jose4j..", "tools.jackson.core..")
                    .or(resideInAnyPackage("javax.crypto..", "javax.net.ssl..", "javax.xml.stream..", "org.jspecify.."))
                    .or(resideInAnyPackage("javax.management..", "javax.naming..", "javax.sql.."))
                    .negate());

    @ArchTest
    static final ArchRule TIME_IS_A_PARAMETER = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_THINGS_ARE =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Abstract.*|Base)");

    @ArchTest
    static final ArchRule CLASSES_ARE_FINAL = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveModifier(JavaModifier.FINAL);

    private static ArchRule arrowsPointDown() {
        var layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : DOWNWARD) {
            layers = layers.layer(name).definedBy(name);
        }
        for (int i = 0; i < DOWNWARD.length; i++) {
            String[] above = Arrays.copyOf(DOWNWARD, i);
            layers = i == 0
                    ? layers.whereLayer(DOWNWARD[i]).mayNotBeAccessedByAnyLayer()
                    : layers.whereLayer(DOWNWARD[i]).mayOnlyBeAccessedByLayers(above);
        }
        return layers;
    }
}
