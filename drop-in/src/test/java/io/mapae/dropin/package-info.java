/** The single-file jar as its users have it: nothing of Mapae but that file is on any class path here. */
@NullMarked
package io.mapae.dropin;

import org.jspecify.annotations.NullMarked;
