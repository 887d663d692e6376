/** Sessions of accounts: the families of their refresh tokens, and what becomes of a token that is presented. */
@NullMarked
package io.mapae.service.session;

import org.jspecify.annotations.NullMarked;
