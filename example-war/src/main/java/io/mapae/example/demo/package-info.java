/** Starts the example on an embedded server and shows what to try. No part of the WAR. */
@NullMarked
package io.mapae.example.demo;

import org.jspecify.annotations.NullMarked;
