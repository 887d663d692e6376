/** Whether keys from the network withstand floods and outages: Mapae over loopback, jose4j beside it where it can be. */
@NullMarked
package io.mapae.benchmarks.stress;

import org.jspecify.annotations.NullMarked;
