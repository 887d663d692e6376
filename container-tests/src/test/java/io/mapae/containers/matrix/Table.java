package io.mapae.containers.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The table in {@code docs/containers.md}: a column for each server, a row for each API. */
final class Table {
    /** The first rows, which say what was tested. */
    static final String VERSION = "version";

    static final String JAVA = "JDK";

    private static final String NONE = "–";
    private static final String TITLE = "API";

    private static final String INTRODUCTION = """
            # What the APIs of real servers see of the caller

            Written by `mvn verify -Pcontainers -pl container-tests -am -Dservers=all -Dmapae.write`, which starts each server as it
            is distributed and asks an application on it over HTTP. A cell is `ok`, or what was found instead; `–` where a
            server has no such API. A run fails where a cell was `ok` and is no more.

            * A constraint is `ok` if a good token gets in as a `Caller`, none or a bad one gets 401 with the challenge `Bearer`, and
              one without the role gets 403.
            * The same application is deployed everywhere; servers of `javax.*` (Tomcat 9, Jetty's ee8) get what Eclipse Transformer makes
              of it. Jersey is in it where the server has no JAX-RS.
            * On Jetty, `web.xml` declares the filter that opens WebSockets behind ours, as README says. Jetty 12.1 has its modules
              `ee11-jaspi` and `ee11-jaspi-default-auth-config-factory`, and the application a `jetty-web.xml` that shows it their API.
            * WildFly's second column is with
              `/subsystem=undertow/application-security-domain=other:write-attribute(name=integrated-jaspi,value=false)`.
            * Jakarta Security's `SecurityContext` is injected into a field, which WildFly needs to have that bean.
            * `login()` throws a `ServletException` where its cell has 500: the server has nobody to ask for the password.
            * Not here: TomEE, whose distribution for Jakarta EE 10 is not where the others come from; Payara Micro, untried.

            """;

    private final Map<String, Map<String, String>> columns = new HashMap<>();

    /** The table in the file; an empty one, if there is no file. */
    static Table read(Path file) throws IOException {
        Table table = new Table();
        if (Files.exists(file)) {
            List<List<String>> rows = Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith("| "))
                    .map(Table::cells)
                    .toList();
            for (List<String> row : rows.subList(1, rows.size())) {
                for (int i = 1; i < row.size(); i++) {
                    table.put(rows.get(0).get(i), row.get(0), row.get(i));
                }
            }
        }
        return table;
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
                .map(String::strip)
                .toList();
    }

    void put(String server, String row, String text) {
        columns.computeIfAbsent(server, column -> new LinkedHashMap<>()).put(row, text);
    }

    /** Empty if it was never measured. */
    Optional<String> get(String server, String row) {
        return Optional.ofNullable(columns.getOrDefault(server, Map.of()).get(row))
                .filter(text -> !text.equals(NONE));
    }

    /** The columns of the other replace those that are here. */
    void replace(Table measured) {
        columns.putAll(measured.columns);
    }

    void write(Path file) throws IOException {
        Files.writeString(file, text());
    }

    String text() {
        List<String> servers = Arrays.stream(Product.values())
                .map(Product::title)
                .filter(columns::containsKey)
                .toList();
        List<String> rows = new ArrayList<>(List.of(VERSION, JAVA));
        Arrays.stream(Api.values()).map(Api::title).forEach(rows::add);
        StringBuilder text = new StringBuilder(INTRODUCTION);
        text.append(line(TITLE, servers))
                .append(line("---", servers.stream().map(server -> "---").toList())
                        .replace(" ", ""));
        for (String row : rows) {
            text.append(line(
                    row,
                    servers.stream()
                            .map(server -> get(server, row).orElse(NONE))
                            .toList()));
        }
        return text.toString();
    }

    private static String line(String first, List<String> others) {
        return "| " + first + others.stream().map(" | "::concat).collect(Collectors.joining()) + " |\n";
    }
}
