/** The page of figures, with its charts, from the results that are kept. */
@NullMarked
package io.mapae.benchmarks.page;

import org.jspecify.annotations.NullMarked;
