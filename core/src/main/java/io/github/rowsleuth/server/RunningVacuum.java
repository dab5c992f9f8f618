package io.github.rowsleuth.server;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.incident.TableName;
import java.util.Optional;

/**
 * A vacuum at work ({@code pg_stat_progress_vacuum}).
 *
 * @param pid the process id of its backend
 * @param table what it vacuums, where that is a table of this database
 * @param phase its phase, such as {@code scanning heap}
 * @param automatic whether autovacuum runs it
 * @param evidence where it was recorded
 */
public record RunningVacuum(int pid, Optional<TableName> table, String phase, boolean automatic, EvidenceId evidence) {}
