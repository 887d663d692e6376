/** Mapae: settings in, one {@link io.mapae.http.Gate} out. */
@NullMarked
package io.mapae;

import org.jspecify.annotations.NullMarked;
