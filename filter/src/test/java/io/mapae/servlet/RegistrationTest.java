package io.mapae.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {
    private static final List<String> ALL = List.of("REQUEST", "ASYNC", "ERROR", "FORWARD", "INCLUDE");
    private static final String ASYNC = "<async-supported>true</async-supported>";

    private static String filter(String name, String more) {
        return "<filter><filter-name>" + name + "</filter-name><filter-class>x.Y</filter-class>" + more + "</filter>";
    }

    private static String mapping(String name, String... dispatchers) {
        return "<filter-mapping><filter-name>" + name + "</filter-name><url-pattern>/*</url-pattern>"
                + Arrays.stream(dispatchers)
                        .map(type -> "<dispatcher>" + type + "</dispatcher>")
                        .collect(Collectors.joining())
                + "</filter-mapping>";
    }

    private static String webApp(String... elements) {
        return "<web-app>" + String.join("\n", elements) + "</web-app>";
    }

    private static List<String> lacking(String xml) throws XMLStreamException {
        return lacking(xml, StandardCharsets.UTF_8);
    }

    private static List<String> lacking(String xml, Charset charset) throws XMLStreamException {
        return Registration.lacking("f", new ByteArrayInputStream(xml.getBytes(charset)));
    }

    private static String[] all() {
        return ALL.toArray(String[]::new);
    }

    @Test
    void nothingIsLacking() throws Exception {
        assertThat(lacking(webApp(filter("f", ASYNC), mapping("f", all())))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUEST", "ASYNC", "ERROR", "FORWARD", "INCLUDE"})
    void aDispatcherIsLacking(String type) throws Exception {
        String[] others = ALL.stream().filter(other -> !other.equals(type)).toArray(String[]::new);
        assertThat(lacking(webApp(filter("f", ASYNC), mapping("f", others)))).containsExactly("<dispatcher>" + type);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(quoteCharacter = '`', textBlock = """
            ``,                                                   <async-supported>true
            <async-supported>false</async-supported>,             <async-supported>true
            <async-supported>TRUE</async-supported>,              <async-supported>true
            <async-supported/>,                                   <async-supported>true
            <!-- <async-supported>true</async-supported> -->,     <async-supported>true
            <async-supported> true </async-supported>,            ``
            <async-supported><![CDATA[true]]></async-supported>,  ``
            <async-supported>tr<!-- -->ue</async-supported>,      ``
            """)
    void asyncSupport(String element, String lacking) throws Exception {
        assertThat(String.join("", lacking(webApp(filter("f", element), mapping("f", all())))))
                .isEqualTo(lacking);
    }

    @Test
    void withoutAMappingEverythingIsLacking() throws Exception {
        assertThat(lacking(webApp(filter("f", ""))))
                .containsExactly(
                        "<async-supported>true",
                        "<dispatcher>FORWARD",
                        "<dispatcher>INCLUDE",
                        "<dispatcher>REQUEST",
                        "<dispatcher>ASYNC",
                        "<dispatcher>ERROR");
    }

    @Test
    void severalMappingsCountTogether() throws Exception {
        String xml = webApp(
                filter("f", ASYNC),
                mapping("f", "REQUEST", "ASYNC"),
                mapping("other", "INCLUDE"),
                mapping("f", "ERROR", "FORWARD"));
        assertThat(lacking(xml)).containsExactly("<dispatcher>INCLUDE");
    }

    @Test
    void aMappingThatNamesNoDispatcherIsForRequests() throws Exception {
        String xml = webApp(filter("f", ASYNC), mapping("f"));
        assertThat(lacking(xml)).hasSize(4).doesNotContain("<dispatcher>REQUEST");
    }

    @Test
    void anotherFiltersElementsDoNotCount() throws Exception {
        String xml = webApp(
                filter("other", ASYNC), mapping("other", all()), filter("f", ""), mapping("f", "REQUEST", "ERROR"));
        assertThat(lacking(xml))
                .containsExactly(
                        "<async-supported>true", "<dispatcher>FORWARD", "<dispatcher>INCLUDE", "<dispatcher>ASYNC");
    }

    @Test
    void aFilterThatIsNotThereLacksNothing() throws Exception {
        assertThat(lacking(webApp())).isEmpty();
        assertThat(lacking(webApp(filter("other", ""), mapping("other")))).isEmpty();
        // a mapping of a filter that code or an annotation registers: what that says cannot be known
        assertThat(lacking(webApp(mapping("f", "REQUEST")))).isEmpty();
        assertThat(lacking(webApp(filter("F", ""), mapping("F")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.0'>",
                "<web-app xmlns='http://xmlns.jcp.org/xml/ns/javaee' version='4.0'>",
                "<web-app xmlns='http://java.sun.com/xml/ns/javaee' version='3.0'>",
                "<web-app xmlns='http://java.sun.com/xml/ns/j2ee' version='2.4'>",
                "<web-app>"
            })
    void everyNamespaceIsTheSame(String start) throws Exception {
        String xml = "<?xml version='1.0' encoding='UTF-8'?>" + start
                + "<display-name>x</display-name><filter><description>f</description><filter-name>f</filter-name>"
                + "<init-param><param-name>filter-name</param-name><param-value>g</param-value></init-param></filter>"
                + mapping("f", "REQUEST") + "</web-app>";
        assertThat(lacking(xml)).hasSize(5).doesNotContain("<dispatcher>REQUEST");
    }

    @Test
    void aPrefixMakesNoDifference() throws Exception {
        String plain = webApp(filter("f", ASYNC), mapping("f", "REQUEST"));
        String prefixed = plain.replaceAll("<(/?)", "<$1j:").replaceFirst("j:web-app", "j:web-app xmlns:j='urn:x'");
        assertThat(lacking(prefixed)).isEqualTo(lacking(plain)).hasSize(4);
    }

    @Test
    void whiteSpaceAroundTextDoesNotCount() throws Exception {
        String xml = webApp(
                "<filter>\n <filter-name>\n f\n </filter-name>" + ASYNC + "</filter>",
                mapping("\tf ", " REQUEST ", "\nASYNC\n", "ERROR", "FORWARD", "INCLUDE"));
        assertThat(lacking(xml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "ISO-8859-1"})
    void theDescriptorsOwnEncodingCounts(String charset) throws Exception {
        String xml = "<?xml version='1.0' encoding='" + charset + "'?>"
                + webApp("<description>\u00E4</description>", filter("f", ASYNC), mapping("f", "REQUEST"));
        assertThat(lacking(xml, Charset.forName(charset))).hasSize(4);
    }

    /** Servlet 2.3 descriptors begin with a DOCTYPE; nothing is fetched for one, and no file is read. */
    @Test
    void aDoctypeIsPassedOver(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "REQUEST");
        String doctype = "<!DOCTYPE web-app PUBLIC '-//Sun Microsystems, Inc.//DTD Web Application 2.3//EN'"
                + " 'http://127.0.0.1:1/web-app_2_3.dtd'>";
        assertThat(lacking(doctype + webApp(filter("f", ASYNC), mapping("f", "REQUEST"))))
                .hasSize(4);

        String entity = "<!DOCTYPE web-app [<!ENTITY e SYSTEM '" + file.toUri() + "'>]>";
        assertThat(lackingOrNothing(entity + webApp(filter("f", ASYNC), mapping("f", "&e;"))))
                .contains("<dispatcher>REQUEST");
    }

    @Test
    void aBombDoesNotGoOff() throws Exception {
        String bomb = "<!DOCTYPE web-app [<!ENTITY a 'aaaaaaaaaa'>"
                + Stream.iterate('b', c -> c <= 'z', c -> (char) (c + 1))
                        .map(c -> "<!ENTITY " + c + " '" + ("&" + (char) (c - 1) + ";").repeat(10) + "'>")
                        .collect(Collectors.joining())
                + "]>";
        assertThat(lackingOrNothing(bomb + webApp(filter("f", ASYNC), mapping("f", "&z;"))))
                .contains("<dispatcher>REQUEST");
    }

    /** What is lacking; all of it where the descriptor cannot be read, as nothing was learnt from it then. */
    private static List<String> lackingOrNothing(String xml) {
        try {
            return lacking(xml);
        } catch (XMLStreamException refused) {
            assertThat(String.valueOf(refused.getMessage()).toLowerCase(Locale.ROOT))
                    .contains("entity");
            return List.of("<dispatcher>REQUEST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no XML", "<web-app>", "<web-app><filter></web-app>", "<web-app>&x;</web-app>"})
    void whatIsNoXmlIsSaidToBeNone(String xml) {
        assertThatThrownBy(() -> lacking(xml)).isInstanceOf(XMLStreamException.class);
    }
}
