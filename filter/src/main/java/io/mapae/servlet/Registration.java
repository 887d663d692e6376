package io.mapae.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * How {@code web.xml} registers the filter. The Servlet API does not tell the dispatcher types of a registration, so the
 * descriptor itself is read; a registration by code says nothing, and is believed.
 */
final class Registration {
    private static final Logger LOG = System.getLogger("io.mapae.servlet");
    private static final String DESCRIPTOR = "/WEB-INF/web.xml";

    /** A {@code <filter>} or {@code <filter-mapping>}: the texts of its elements that matter here. */
    private record Element(String name, Set<String> filterNames, Set<String> dispatchers, Set<String> async) {}

    private Registration() {}

    /** Warns once of everything that the registration lacks. */
    static void check(FilterConfig config) {
        try (InputStream descriptor = config.getServletContext().getResourceAsStream(DESCRIPTOR)) {
            List<String> lacking = descriptor == null ? List.of() : lacking(config.getFilterName(), descriptor);
            if (!lacking.isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "Filter " + config.getFilterName() + " in web.xml lacks " + String.join(", ", lacking)
                                + ": the caller is lost there");
            }
        } catch (IOException | XMLStreamException unreadable) {
            LOG.log(Level.DEBUG, "web.xml cannot be read", unreadable);
        }
    }

    /** What the filter's elements lack; nothing where the descriptor has no such filter. */
    static List<String> lacking(String filter, InputStream descriptor) throws XMLStreamException {
        List<Element> elements = elements(descriptor).stream()
                .filter(element -> element.filterNames().contains(filter))
                .toList();
        if (elements.stream().noneMatch(element -> element.name().equals("filter"))) {
            return List.of();
        }
        List<String> lacking = new ArrayList<>();
        if (elements.stream().noneMatch(element -> element.async().contains("true"))) {
            lacking.add("<async-supported>true");
        }
        Arrays.stream(DispatcherType.values())
                .map(Enum::name)
                .filter(type -> elements.stream()
                        .noneMatch(element -> element.dispatchers().contains(type)))
                .forEach(type -> lacking.add("<dispatcher>" + type));
        return lacking;
    }

    private static List<Element> elements(InputStream descriptor) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory(); // not what the application happens to bring
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader xml = factory.createXMLStreamReader(descriptor);
        List<Element> elements = new ArrayList<>();
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().startsWith("filter")) {
                elements.add(element(xml));
            }
        }
        return elements;
    }

    private static Element element(XMLStreamReader xml) throws XMLStreamException {
        String name = xml.getLocalName();
        Element element = new Element(name, new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        while (xml.next() != XMLStreamConstants.END_ELEMENT
                || !xml.getLocalName().equals(name)) {
            if (xml.isStartElement()) {
                switch (xml.getLocalName()) {
                    case "filter-name" ->
                        element.filterNames().add(xml.getElementText().strip());
                    case "dispatcher" ->
                        element.dispatchers().add(xml.getElementText().strip());
                    case "async-supported" ->
                        element.async().add(xml.getElementText().strip());
                    default -> {}
                }
            }
        }
        return element;
    }
}
