/** Those whom Mapae is measured beside, each as its documentation advises for production. */
@NullMarked
package io.mapae.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
