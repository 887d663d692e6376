/**
 * What verification costs: the time and memory of Mapae, the bare signature check and jose4j, side by side; what JAX-RS adds,
 * and by what an application starts later.
 */
@NullMarked
package io.mapae.benchmarks;

import org.jspecify.annotations.NullMarked;
