/**
 * What the records of the write-ahead log mean: pure functions over what the server described, without a connection.
 * Hidden, because descriptions of records are no interface of PostgreSQL.
 */
@NullMarked
package io.github.rowsleuth.postgres.wal;

import org.jspecify.annotations.NullMarked;
