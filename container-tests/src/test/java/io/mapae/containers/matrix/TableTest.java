package io.mapae.containers.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
    private static final String TOMCAT = Product.TOMCAT_11.title();
    private static final String LIBERTY = Product.LIBERTY.title();
    private static final String ROW = Api.CONSTRAINT.title();

    @TempDir
    Path directory;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Table table = new Table();
        table.put(TOMCAT, ROW, "good token: 403");
        table.put(LIBERTY, Table.VERSION, "26");
        Table read = written(table);
        assertThat(read.get(TOMCAT, ROW)).hasValue("good token: 403");
        assertThat(read.get(LIBERTY, Table.VERSION)).hasValue("26");
        assertThat(read.get(LIBERTY, ROW)).isEmpty();
        assertThat(read.get("Jetty", ROW)).isEmpty();
    }

    @Test
    void serversThatDidNotTakePartStayAsTheyAre() throws IOException {
        Table earlier = new Table();
        earlier.put(TOMCAT, ROW, "good token: 403");
        earlier.put(LIBERTY, ROW, "good token: 401");
        Table measured = new Table();
        measured.put(TOMCAT, ROW, Findings.OK);
        Table both = written(earlier);
        both.replace(measured);
        assertThat(both.get(TOMCAT, ROW)).hasValue(Findings.OK);
        assertThat(both.get(LIBERTY, ROW)).hasValue("good token: 401");
    }

    @Test
    void theCommittedTableIsWhatWouldBeWritten() throws IOException {
        Path committed = Path.of("..", "docs", "containers.md");
        assertThat(Table.read(committed).text()).isEqualTo(Files.readString(committed));
    }

    @Test
    void findingsFitIntoACell() {
        assertThat(new Findings().expect("a", 1, 1).text()).isEqualTo("ok");
        assertThat(new Findings().expect("a", 1, 2).expect("b | c\nd", false).text())
                .isEqualTo("a: 2; b c d");
    }

    private Table written(Table table) throws IOException {
        Path file = directory.resolve("table.md");
        table.write(file);
        return Table.read(file);
    }
}
