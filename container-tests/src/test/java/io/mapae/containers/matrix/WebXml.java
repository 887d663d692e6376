package io.mapae.containers.matrix;

import io.mapae.testkit.TokenBuilder;

/** Writes the deployment descriptors. */
final class WebXml {
    private static final String FILTER = """
              <filter>
                <filter-name>%1$s</filter-name>
                <filter-class>%2$s</filter-class>
                <async-supported>true</async-supported>
            %3$s  </filter>
              <filter-mapping>
                <filter-name>%1$s</filter-name>
                <url-pattern>/*</url-pattern>
                <dispatcher>REQUEST</dispatcher>
                <dispatcher>FORWARD</dispatcher>
                <dispatcher>INCLUDE</dispatcher>
                <dispatcher>ERROR</dispatcher>
                <dispatcher>ASYNC</dispatcher>
              </filter-mapping>
            """;

    private static final String SERVLETS = """
              <servlet>
                <servlet-name>probe</servlet-name>
                <servlet-class>io.mapae.containers.probe.Probe</servlet-class>
                <async-supported>true</async-supported>
              </servlet>
              <servlet-mapping>
                <servlet-name>probe</servlet-name>
                <url-pattern>/public/*</url-pattern>
                <url-pattern>/ruled/*</url-pattern>
                <url-pattern>/protected/*</url-pattern>
                <url-pattern>/admin/*</url-pattern>
              </servlet-mapping>
              <servlet>
                <servlet-name>seen</servlet-name>
                <servlet-class>io.mapae.containers.probe.Seen</servlet-class>
                <async-supported>true</async-supported>
              </servlet>
              <servlet-mapping>
                <servlet-name>seen</servlet-name>
                <url-pattern>/seen</url-pattern>
              </servlet-mapping>
              <error-page>
                <error-code>409</error-code>
                <location>/seen</location>
              </error-page>
              <error-page>
                <exception-type>java.lang.IllegalStateException</exception-type>
                <location>/seen</location>
              </error-page>
            """;

    private static final String CONSTRAINT = """
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>%1$s</web-resource-name>
                  <url-pattern>%2$s</url-pattern>
                </web-resource-collection>
                <auth-constraint>
                  <role-name>%1$s</role-name>
                </auth-constraint>
              </security-constraint>
              <security-role>
                <role-name>%1$s</role-name>
              </security-role>
            """;

    private static final String BASIC = """
              <login-config>
                <auth-method>BASIC</auth-method>
                <realm-name>ApplicationRealm</realm-name>
              </login-config>
            """;

    private static final String FORM = """
              <login-config>
                <auth-method>FORM</auth-method>
                <realm-name>ApplicationRealm</realm-name>
                <form-login-config>
                  <form-login-page>/login.html</form-login-page>
                  <form-error-page>/failed.html</form-error-page>
                </form-login-config>
              </login-config>
            """;

    private WebXml() {}

    /**
     * @param keys the URI of the key set
     * @param more what this server needs
     */
    static String of(Variant variant, String keys, String more) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0" metadata-complete="%s">
                """.formatted(variant == Variant.COMPLETE)
                + witness("first")
                + (variant == Variant.BARE ? "" : mapae(variant == Variant.WRONG ? "isuer" : "issuer", keys))
                + witness("last")
                + more
                + contextParam("resteasy.role.based.security", "true")
                + SERVLETS
                + CONSTRAINT.formatted("user", "/protected/*")
                + CONSTRAINT.formatted("admin", "/admin/*")
                + (variant == Variant.BASIC ? BASIC : variant == Variant.FORM ? FORM : "")
                + "</web-app>\n";
    }

    private static String mapae(String issuer, String keys) {
        return FILTER.formatted(
                "mapae",
                "io.mapae.servlet.BearerTokenFilter",
                initParam(issuer, TokenBuilder.ISSUER)
                        + initParam("audience", TokenBuilder.AUDIENCE)
                        + initParam("jwks-uri", keys)
                        + initParam("rules", "/ruled/** authenticated; /** permit"));
    }

    private static String witness(String name) {
        return FILTER.formatted(name, "io.mapae.containers.probe.Witness", "");
    }

    private static String initParam(String name, String value) {
        return "    <init-param><param-name>" + name + "</param-name><param-value>" + value
                + "</param-value></init-param>\n";
    }

    private static String contextParam(String name, String value) {
        return "  <context-param><param-name>" + name + "</param-name><param-value>" + value
                + "</param-value></context-param>\n";
    }
}
