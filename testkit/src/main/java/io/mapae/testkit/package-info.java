/** Keys, tokens and lies for tests of anything that verifies bearer tokens. */
@NullMarked
package io.mapae.testkit;

import org.jspecify.annotations.NullMarked;
