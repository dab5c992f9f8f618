package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When transactions committed, where the server keeps that. */
final class CommitTimes {

    private static final Logger LOG = LoggerFactory.getLogger(CommitTimes.class);

    private static final Query TIMES = new Query(
            """
            select t.id, t.committed
              from (select a.id::bigint as id,
                           case when current_setting('track_commit_timestamp')::boolean
                                then pg_xact_commit_timestamp(a.id::xid8::xid) end as committed
                      from unnest(string_to_array(?, ',')) as a(id)) t
             where t.committed is not null""", "pg_xact_commit_timestamp()", "EXECUTE ON FUNCTION pg_catalog.pg_xact_commit_timestamp(xid)");

    private CommitTimes() {}

    /** The times by id; none for those from before the setting was on, and none on a standby that lacks them. */
    static Map<Long, Instant> of(Session session, Collection<Long> xids)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Map<Long, Instant> times = new HashMap<>();
        if (xids.isEmpty()) {
            return times;
        }
        try {
            session.rowsOrGap(
                    TIMES,
                    "when the transactions committed is unknown",
                    row -> times.put(row.number("id"), row.instant("committed").orElseThrow()),
                    xids.stream().map(String::valueOf).collect(Collectors.joining(",")));
        } catch (SQLException e) {
            // The setting promises what a standby may not have.
            if (!"55000".equals(e.getSQLState())) {
                throw e;
            }
            LOG.debug("the server has no commit time stamps, whatever its setting says");
            session.renew();
        }
        return times;
    }
}
