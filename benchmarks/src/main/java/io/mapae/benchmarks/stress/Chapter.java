package io.mapae.benchmarks.stress;

import java.util.List;

/** What one scenario found. */
record Chapter(String title, List<Figure> figures) {
    Chapter {
        figures = List.copyOf(figures);
    }
}
