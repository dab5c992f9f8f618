package io.github.rowsleuth.server;

import java.util.List;

/**
 * Who is at work on the server, and who still protects deleted rows: vacuum and pruning spare every row that the oldest
 * snapshot may still see (src/backend/storage/ipc/procarray.c, ComputeXidHorizons).
 *
 * @param sessions the sessions of every database, by process id
 * @param prepared the transactions that wait for the second phase of their commit
 * @param slots the replication slots
 * @param vacuums the vacuums that run
 */
public record ServerActivity(
        List<ServerSession> sessions,
        List<PreparedTransaction> prepared,
        List<ReplicationSlot> slots,
        List<RunningVacuum> vacuums) {

    /** Copies the lists. */
    public ServerActivity {
        sessions = List.copyOf(sessions);
        prepared = List.copyOf(prepared);
        slots = List.copyOf(slots);
        vacuums = List.copyOf(vacuums);
    }
}
