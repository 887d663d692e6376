package io.mapae.service;

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
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;

/** What the structure promises: whoever breaks it has to change this page too. */
@AnalyzeClasses(packages = "io.mapae.service", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "io.mapae.service";

    /** Each package may use those after it; what all of them throw belongs to none. */
    private static final String[] DOWNWARD = {
        ROOT + ".http",
        ROOT,
        ROOT + ".jdbc",
        ROOT + ".session",
        ROOT + ".throttle",
        ROOT + ".token",
        ROOT + ".account",
        ROOT + ".key"
    };

    @ArchTest
    static final ArchRule ARROWS_POINT_DOWN = arrowsPointDown();

    @ArchTest
    static final ArchRule SERVLETS_ARE_KNOWN_TO_HTTP_ALONE =
            knownTo(ROOT + ".http", "jakarta.servlet..", "io.mapae.servlet..");

    @ArchTest
    static final ArchRule DATABASES_ARE_KNOWN_TO_JDBC_ALONE =
            knownTo(ROOT + ".jdbc", "java.sql..", "javax.sql..", "javax.naming..", "com.zaxxer..", "org.h2..");

    @ArchTest
    static final ArchRule PASSWORD4J_IS_KNOWN_TO_ACCOUNT_ALONE = knownTo(ROOT + ".account", "com.password4j..");

    @ArchTest
    static final ArchRule JAKARTA_SECURITY_IS_KNOWN_TO_ONE_CLASS = noClasses()
            .that()
            .doNotHaveSimpleName("IdentityStoreAccounts")
            .should()
            .dependOnClassesThat(resideInAnyPackage("jakarta.security..", "jakarta.enterprise.."));

    @ArchTest
    static final ArchRule JACKSON_IS_KNOWN_TO_TOKEN_ALONE = knownTo(ROOT + ".token", "tools.jackson..");

    @ArchTest
    static final ArchRule JOSE4J_IS_KNOWN_TO_KEY_ALONE = knownTo(ROOT + ".key", "org.jose4j..");

    @ArchTest
    static final ArchRule THERE_IS_NO_OTHER_LIBRARY = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.mapae..", "java..", "javax..", "org.jspecify..")
                    .or(resideInAnyPackage("jakarta.servlet..", "jakarta.security..", "jakarta.enterprise.."))
                    .or(resideInAnyPackage("com.password4j..", "com.zaxxer..", "org.jose4j..", "tools.jackson.core.."))
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
    static final ArchRule THE_SYSTEMS_TIME_ENTERS_WHERE_THINGS_START = noClasses()
            .that()
            .doNotHaveSimpleName("ServiceRegistration")
            .and()
            .doNotHaveSimpleName("AccountsCommand")
            .should()
            .callMethod(InstantSource.class, "system");

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

    private static ArchRule knownTo(String owner, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(owner)
                .should()
                .dependOnClassesThat(resideInAnyPackage(packages));
    }

    private static ArchRule arrowsPointDown() {
        var layers = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : DOWNWARD) {
            layers = layers.layer(name)
                    .definedBy(resideInAPackage(name)
                            .and(equivalentTo(StoreException.class).negate()));
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
