/** Who may log in. */
@NullMarked
package io.mapae.service.account;

import org.jspecify.annotations.NullMarked;
