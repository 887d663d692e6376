/** A client without a browser, to be copied: for programs on desktops, on command lines and on phones. No part of the WAR. */
@NullMarked
package io.mapae.example.client;

import org.jspecify.annotations.NullMarked;
