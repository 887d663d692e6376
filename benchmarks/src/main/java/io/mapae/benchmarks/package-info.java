/** What verification costs: the time and memory of Mapae, the bare signature check and jose4j, side by side; and what JAX-RS adds. */
@NullMarked
package io.mapae.benchmarks;

import org.jspecify.annotations.NullMarked;
