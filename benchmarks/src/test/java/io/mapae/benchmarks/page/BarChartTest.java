package io.mapae.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.mapae.benchmarks.page.BarChart.Group;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class BarChartTest {
    private static final BarChart CHART = new BarChart(
            "µs <of> this & that",
            List.of("JDK 17", "JDK 25"),
            List.of(
                    new Group("Mapae", true, List.of(30.21, 20.0)),
                    new Group("other", false, List.of(120.84, Double.NaN))));

    @Test
    void drawsBarsAsLongAsTheirValues() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(CHART.svg())));
        double ours = width(svg, "ours s0");
        assertThat(width(svg, "theirs s0") / ours).isBetween(3.99, 4.01);
        assertThat(width(svg, "theirs s1")).isZero();
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("µs <of> this & that");
    }

    private static double width(Document svg, String kind) {
        for (int i = 0; i < svg.getElementsByTagName("rect").getLength(); i++) {
            if (svg.getElementsByTagName("rect").item(i) instanceof Element bar
                    && bar.getAttribute("class").equals(kind)) {
                return Double.parseDouble(bar.getAttribute("width"));
            }
        }
        throw new AssertionError("no such bar: " + kind);
    }

    @Test
    void saysTheSameInWords() {
        assertThat(CHART.description()).isEqualTo("µs <of> this & that: Mapae 30.2 and 20.0, other 121 and –");
    }

    @Test
    void followsLightAndDark() {
        assertThat(CHART.svg()).contains("prefers-color-scheme: dark");
    }
}
