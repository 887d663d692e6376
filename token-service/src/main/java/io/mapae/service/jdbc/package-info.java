/** The stores on a database: H2, PostgreSQL, MariaDB. */
@NullMarked
package io.mapae.service.jdbc;

import org.jspecify.annotations.NullMarked;
