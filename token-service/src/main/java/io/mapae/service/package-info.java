/** Login, refresh, logout and revocation for a team with its own users. */
@NullMarked
package io.mapae.service;

import org.jspecify.annotations.NullMarked;
