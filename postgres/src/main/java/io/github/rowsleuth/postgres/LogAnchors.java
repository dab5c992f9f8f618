package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.XidAnchor;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Transaction ids that a server dates by itself, whatever its version and whoever asks. */
final class LogAnchors {

    // Cut to the second, and taken just before the next id is looked at (src/backend/access/transam/xlog.c,
    // CreateCheckPoint).
    private static final Duration CHECKPOINT = Duration.ofSeconds(2);

    private static final Query LAST_COMMITTED = new Query(
            "select c.xid::text::bigint as xid, c.timestamp as committed from pg_last_committed_xact() c",
            "pg_last_committed_xact()",
            "EXECUTE ON FUNCTION pg_catalog.pg_last_committed_xact()");

    private LogAnchors() {}

    static List<XidAnchor> of(TransactionClock.Checkpoint checkpoint) {
        String source = "pg_control_checkpoint()";
        long next = checkpoint.nextTransaction();
        return List.of(
                new XidAnchor(next - 1, Moment.notAfter(checkpoint.time().plus(CHECKPOINT)), source),
                new XidAnchor(next, Moment.notBefore(checkpoint.time()), source));
    }

    /** The newest commit that has a timestamp, where the server keeps them. */
    static List<XidAnchor> lastCommitted(Session session, LogSettings settings)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        // A standby may lack what its setting promises, and would fail.
        if (!settings.timestamped() || settings.standby()) {
            return List.of();
        }
        return session
                .rowsOrGap(
                        LAST_COMMITTED,
                        "the newest commit can not help to date transactions",
                        row -> anchor(row, settings.next()))
                .stream()
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<XidAnchor> anchor(Row row, long next) throws SQLException {
        Optional<Instant> committed = row.instant("committed");
        return TransactionClock.withEpoch(row.number("xid"), next)
                .flatMap(xid ->
                        committed.map(at -> new XidAnchor(xid, Moment.notAfter(at), "pg_last_committed_xact()")));
    }

    static List<XidAnchor> together(List<XidAnchor> some, List<XidAnchor> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
