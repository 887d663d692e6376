package io.mapae.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    static final String EVERYTHING = "/*";
    private static final String LOGIN = "login-config";
    private static final String DESCRIPTOR = "/WEB-INF/web.xml";
    private static final String FRAGMENT = "META-INF/web-fragment.xml";

    /** Jetty registers a filter of this class by itself, at the head of the chain. */
    private static final String WEB_SOCKETS = ".WebSocketUpgradeFilter";

    /** A {@code <filter>}, {@code <filter-mapping>} or {@code <login-config>}: the texts of its elements that matter here. */
    private record Element(String name, Set<String> filterNames, Set<String> dispatchers, Set<String> async) {}

    private Registration() {}

    /** The registrations of this class. */
    static List<? extends FilterRegistration> ours(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .filter(registration -> BearerTokenFilter.class.getName().equals(registration.getClassName()))
                .toList();
    }

    /** Whether a descriptor registers the filter, so that it has no settings but its init-params. */
    static boolean isDeclared(FilterRegistration filter, ServletContext context) {
        return Stream.concat(elements(context).stream(), fragments(Contexts.classes(context)))
                .anyMatch(element ->
                        element.name().equals("filter") && element.filterNames().contains(filter.getName()));
    }

    private static Stream<Element> fragments(ClassLoader classes) {
        List<Element> elements = new ArrayList<>();
        try {
            for (URL fragment : Collections.list(classes.getResources(FRAGMENT))) {
                try (InputStream descriptor = fragment.openStream()) {
                    elements.addAll(elements(descriptor));
                }
            }
        } catch (IOException | XMLStreamException unreadable) {
            LOG.log(Level.DEBUG, "A web-fragment.xml cannot be read", unreadable);
        }
        return elements.stream();
    }

    /** Else {@code auto=true} would leave half of what it asks for silently open. */
    static boolean isForEverything(ServletContext context) {
        return ours(context).stream()
                .anyMatch(registration -> registration.getUrlPatternMappings().contains(EVERYTHING));
    }

    /** That the descriptor has users log in by means of the container's own, or may have. */
    static Optional<String> login(ServletContext context) {
        try {
            return readElements(context).stream()
                    .filter(element -> element.name().equals(LOGIN))
                    .findFirst()
                    .map(login -> "web.xml has a <login-config>, whose users the container would not let in any more");
        } catch (IOException | XMLStreamException unreadable) {
            return Optional.of("web.xml cannot be read, and may have a <login-config> with users of its own");
        }
    }

    /** Warns of everything that the registration lacks, and of what stands before it. */
    static void check(FilterConfig config) {
        List<Element> elements = elements(config.getServletContext());
        String name = config.getFilterName();
        List<String> lacking = lacking(name, elements);
        if (!lacking.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "Filter " + name + " in web.xml lacks " + String.join(", ", lacking)
                            + ": the caller is lost there");
        }
        config.getServletContext().getFilterRegistrations().values().stream()
                .filter(other -> String.valueOf(other.getClassName()).endsWith(WEB_SOCKETS))
                .filter(other -> !isMappedBefore(name, other.getName(), elements))
                .forEach(other -> LOG.log(
                        Level.WARNING,
                        "WebSockets are opened before filter " + name
                                + ", WITHOUT A TOKEN. If there are any, declare in"
                                + " web.xml, mapped after it, a filter named " + other.getClassName()
                                + " of the class of that name"));
    }

    private static boolean isMappedBefore(String first, String second, List<Element> elements) {
        List<String> mapped = elements.stream()
                .filter(element -> element.name().equals("filter-mapping"))
                .flatMap(element -> element.filterNames().stream())
                .toList();
        return mapped.contains(first) && mapped.lastIndexOf(second) > mapped.indexOf(first);
    }

    private static List<Element> readElements(ServletContext context) throws IOException, XMLStreamException {
        try (InputStream descriptor = context.getResourceAsStream(DESCRIPTOR)) {
            return descriptor == null ? List.of() : elements(descriptor);
        }
    }

    private static List<Element> elements(ServletContext context) {
        try {
            return readElements(context);
        } catch (IOException | XMLStreamException unreadable) {
            LOG.log(Level.DEBUG, "web.xml cannot be read", unreadable);
            return List.of();
        }
    }

    /** The same for a descriptor's text. */
    static List<String> lacking(String filter, InputStream descriptor) throws XMLStreamException {
        return lacking(filter, elements(descriptor));
    }

    /** What the filter's elements lack; nothing where the descriptor has no such filter. */
    private static List<String> lacking(String filter, List<Element> descriptor) {
        List<Element> elements = descriptor.stream()
                .filter(element -> element.filterNames().contains(filter))
                .toList();
        if (elements.stream().noneMatch(element -> element.name().equals("filter"))) {
            return List.of();
        }
        List<String> lacking = new ArrayList<>();
        if (elements.stream().noneMatch(element -> element.async().contains("true"))) {
            lacking.add("<async-supported>true");
        }
        Set<String> dispatchers = elements.stream()
                .filter(element -> element.name().equals("filter-mapping"))
                .flatMap(Registration::dispatchers)
                .collect(Collectors.toSet());
        Arrays.stream(DispatcherType.values())
                .map(Enum::name)
                .filter(type -> !dispatchers.contains(type))
                .forEach(type -> lacking.add("<dispatcher>" + type));
        return lacking;
    }

    /** Servlet 6.0 §6.2.5: a mapping that names none is for requests. */
    private static Stream<String> dispatchers(Element mapping) {
        return mapping.dispatchers().isEmpty()
                ? Stream.of(DispatcherType.REQUEST.name())
                : mapping.dispatchers().stream();
    }

    private static List<Element> elements(InputStream descriptor) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory(); // not what the application happens to bring
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XMLStreamReader xml = factory.createXMLStreamReader(descriptor);
        List<Element> elements = new ArrayList<>();
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && (xml.getLocalName().startsWith("filter")
                            || xml.getLocalName().equals(LOGIN))) {
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
