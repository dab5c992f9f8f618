package io.github.rowsleuth.transaction;

import io.github.rowsleuth.evidence.Moment;

/**
 * A transaction id whose assignment can be dated. Ids are assigned in order, so anchors bound all others.
 *
 * @param xid the id, epoch included
 * @param assigned when it was assigned
 * @param source what dates it, such as {@code pg_control_checkpoint()}
 */
public record XidAnchor(long xid, Moment assigned, String source) {}
