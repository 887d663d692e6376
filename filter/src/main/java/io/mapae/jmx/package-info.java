/** Where JMX finds us. */
@NullMarked
package io.mapae.jmx;

import org.jspecify.annotations.NullMarked;
