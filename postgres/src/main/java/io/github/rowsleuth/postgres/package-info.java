/**
 * What a PostgreSQL server knows of a loss. {@link io.github.rowsleuth.postgres.Postgres} offers the probes; none of them
 * reads a user table, unless it is asked for by name and says so.
 */
@NullMarked
package io.github.rowsleuth.postgres;

import org.jspecify.annotations.NullMarked;
