/**
 * The layout of a heap page, from its bytes alone: src/include/storage/bufpage.h, storage/itemid.h and
 * access/htup_details.h, the same from 13 to 18. Not exported.
 */
@NullMarked
package io.github.rowsleuth.postgres.heap;

import org.jspecify.annotations.NullMarked;
