package io.mapae.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers are known to do. */
class HostTest {
    private final Map<ObjectName, Map<String, Object>> management = new HashMap<>();
    private String info = "WildFly 39.0.1.Final - Undertow";
    private @Nullable String jbossWeb;

    private final ServletContext context = (ServletContext) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, args) -> switch (method.getName()) {
                case "getServerInfo" -> info;
                case "getResourceAsStream" ->
                    jbossWeb == null ? null : new ByteArrayInputStream(jbossWeb.getBytes(StandardCharsets.UTF_8));
                default -> null;
            });

    /** What WildFly's management would answer. */
    private void manages(String resource, String attribute, Object value) throws JMException {
        ObjectName name = new ObjectName("jboss.as:" + resource);
        Map<String, Object> attributes = management.computeIfAbsent(name, unknown -> new HashMap<>());
        attributes.put(attribute, value);
        if (!ManagementFactory.getPlatformMBeanServer().isRegistered(name)) {
            ManagementFactory.getPlatformMBeanServer().registerMBean(new Resource(attributes), name);
        }
    }

    @AfterEach
    void manageNoMore() throws JMException {
        for (ObjectName name : management.keySet()) {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
        }
    }

    private String obstacle() {
        return Host.of(context).obstacle(context).orElse("none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            starting         | true  | none
            running          | true  | WildFly takes only callers of its own realms
            reload-required  | true  | WildFly takes only callers of its own realms
            restart-required | true  | WildFly takes only callers of its own realms
            running          | false | none
            """)
    void wildFlySaysWhetherItTakesCallersOnceItHasBooted(String state, boolean integrated, String obstacle)
            throws Exception {
        manages("management-root=server", "serverState", state);
        manages("subsystem=undertow,application-security-domain=other", "integratedJaspi", integrated);
        assertThat(obstacle()).startsWith(obstacle);
        assertThat(Host.WILDFLY.seenBesides().endsWith("the first request shows"))
                .isEqualTo(state.equals("starting"));
        assertThat(Host.WILDFLY.bearsModule(context)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <jboss-web><security-domain>mine</security-domain></jboss-web>               | application-security-domain=mine:write
            <jboss-web><security-domain> mine </security-domain></jboss-web>             | application-security-domain=mine:write
            <jboss-web><security-domain>keycloak</security-domain></jboss-web>           | application-security-domain=keycloak:add(
            <jboss-web><!-- <security-domain>keycloak</security-domain> --></jboss-web>  | application-security-domain=usual:write
            <jboss-web><security-domain>${my.domain:mine}</security-domain></jboss-web>  | none
            <jboss-web><security-domain>java:/jaas/mine</security-domain></jboss-web>    | none
            <jboss-web/>                                                                 | application-security-domain=usual:write
                                                                                         | application-security-domain=usual:write
            """)
    void wildFlysDomainIsThatOfTheDescriptorElseTheDefault(@Nullable String descriptor, String obstacle)
            throws Exception {
        manages("management-root=server", "serverState", "running");
        manages("subsystem=undertow", "defaultSecurityDomain", "usual");
        manages("subsystem=undertow,application-security-domain=usual", "integratedJaspi", true);
        manages("subsystem=undertow,application-security-domain=mine", "integratedJaspi", true);
        jbossWeb = descriptor;
        assertThat(obstacle()).contains(obstacle);
    }

    @Test
    void undertowAloneHasNoManagement() {
        assertThat(obstacle()).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource({
        "jetty/12.0.31, JETTY, false",
        "jetty/12.1.12, JETTY, true",
        "Apache Tomcat/10.1.59, TOMCAT, true",
        "Payara Server 6, OTHER, true",
        "IBM WebSphere Liberty/26, LIBERTY, true"
    })
    void whoBearsAModule(String server, Host host, boolean bears) {
        info = server;
        assertThat(Host.of(context)).isEqualTo(host);
        assertThat(host.bearsModule(context)).isEqualTo(bears);
        assertThat(host.obstacle(context).isEmpty()).isEqualTo(bears);
    }

    private record Resource(Map<String, Object> attributes) implements DynamicMBean {
        @Override
        public @Nullable Object getAttribute(String attribute) {
            return attributes.get(attribute);
        }

        @Override
        public void setAttribute(Attribute attribute) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AttributeList getAttributes(String[] names) {
            return new AttributeList();
        }

        @Override
        public AttributeList setAttributes(AttributeList list) {
            return new AttributeList();
        }

        @Override
        public @Nullable Object invoke(String action, Object[] parameters, String[] signature) {
            return null;
        }

        @Override
        public MBeanInfo getMBeanInfo() {
            return new MBeanInfo(getClass().getName(), "", null, null, null, null);
        }
    }
}
