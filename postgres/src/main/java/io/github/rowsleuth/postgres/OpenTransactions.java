package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.wal.LoggedTransaction;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks the server how transactions ended whose end is not in what was read of the log: a crash writes none. */
final class OpenTransactions {

    private static final Query STATUS =
            new Query("""
            select xid, pg_xact_status(xid::text::xid8) as status
              from unnest(string_to_array(?, ',')::bigint[]) xid""", "pg_xact_status()", "EXECUTE ON FUNCTION pg_catalog.pg_xact_status(xid8)");

    private OpenTransactions() {}

    static List<LoggedTransaction> withEnds(Session session, List<LoggedTransaction> open, long next)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Map<Long, TransactionEnd> ends = new HashMap<>();
        String ids = open.stream()
                .flatMap(t -> TransactionClock.withEpoch(t.xid(), next).stream())
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        if (!ids.isEmpty()) {
            session.rows(
                    STATUS,
                    row -> ends.put(
                            row.number("xid"), end(row.optionalText("status").orElse(""))),
                    ids);
        }
        return open.stream()
                .map(t -> t.end() == TransactionEnd.PREPARED
                        ? t
                        : t.ended(TransactionClock.withEpoch(t.xid(), next)
                                .flatMap(xid -> Optional.ofNullable(ends.get(xid)))
                                .orElse(TransactionEnd.UNKNOWN)))
                .toList();
    }

    private static TransactionEnd end(String status) {
        return switch (status) {
            case "committed" -> TransactionEnd.COMMITTED;
            case "aborted" -> TransactionEnd.ABORTED;
            case "in progress" -> TransactionEnd.IN_PROGRESS;
            default -> TransactionEnd.UNKNOWN;
        };
    }
}
