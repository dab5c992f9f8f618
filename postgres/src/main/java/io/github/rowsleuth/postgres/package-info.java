/**
 * What a PostgreSQL server knows of a loss. {@link io.github.rowsleuth.postgres.Postgres} offers the probes; none of
 * them reads the rows of a user table, but for one that has to be asked for by name.
 */
@NullMarked
package io.github.rowsleuth.postgres;

import org.jspecify.annotations.NullMarked;
