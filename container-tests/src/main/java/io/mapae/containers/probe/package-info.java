/** The application that the tests deploy: it tells what each API says of the caller. */
package io.mapae.containers.probe;
