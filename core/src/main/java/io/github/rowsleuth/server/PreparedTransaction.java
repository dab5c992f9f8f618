package io.github.rowsleuth.server;

import io.github.rowsleuth.evidence.EvidenceId;
import java.time.Instant;

/**
 * A transaction that was prepared and neither committed nor rolled back ({@code pg_prepared_xacts}).
 *
 * @param gid the name it was prepared under
 * @param transaction its id, epoch included
 * @param prepared when
 * @param owner the role that did
 * @param database in which database
 * @param evidence where it was recorded
 */
public record PreparedTransaction(
        String gid, long transaction, Instant prepared, String owner, String database, EvidenceId evidence) {}
