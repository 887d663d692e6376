package io.mapae.example.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests of the page in a browser. Their parameters of type {@link Visitor} are new ones each time; {@link Chromium} and
 * {@link Site} are started once for all.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Browsing.class)
@Tag("browser")
@interface InBrowser {
    /** How long the site's access tokens are good. */
    String accessLifetime() default "PT1M";

    /** Whether each service is at an origin of its own. */
    boolean split() default false;

    /** Whether its tokens come from an issuer elsewhere. */
    boolean external() default false;
}
