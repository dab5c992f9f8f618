package io.github.rowsleuth.postgres.watch;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the triggers wrote since the watch began. */
final class TriggerLog {

    // Sequences, not max(id): a statement that ran before and commits later belongs to what was before.
    private static final String MARK = """
            m.last_value - case when m.is_called then 0 else 1 end,
            a.last_value - case when a.is_called then 0 else 1 end,
            t.last_value - case when t.is_called then 0 else 1 end""";

    private static final String SEQUENCES =
            "from rowsleuth_watch.log_id_seq m, rowsleuth_watch.attempts a, rowsleuth_watch.tampered t";

    private static final String BEGIN = "with forgotten as (delete from rowsleuth_watch.log),"
            + " unborn as (delete from rowsleuth_watch.births) select " + MARK
            + ", nextval('rowsleuth_watch.watches') " + SEQUENCES;

    private static final String SINCE = "select " + MARK
            + ", (select coalesce(sum(gone), 0) from rowsleuth_watch.log where id > ? and act = 'DELETE') " + SEQUENCES;

    /** Not a number of rows: the log is not there any more. */
    static final long GONE = -1;

    private static final String ENTRIES = """
            select act, relation, name, gone, coalesce(own, 0), array(select json_array_elements(sample)::text),
                   application, role, pid, xid::text::bigint, at, coalesce(statement, ''), coalesce(stack, '')
              from rowsleuth_watch.log where id > ? order by id""";

    private static final Pattern ROUTINE =
            Pattern.compile("(?:PL/pgSQL|SQL) function (.+?) (?:line \\d|statement \\d)");

    private record Mark(long entry, long attempts, long tampered) {}

    /**
     * What it says.
     *
     * @param sightings the losses, in the order in which they happened, empty ones included
     * @param alterations the last ALTER TABLE of each table
     * @param tampered whether somebody emptied the log
     */
    record Contents(List<Sighting> sightings, Map<Long, Author> alterations, boolean tampered) {}

    private final WatchSession session;
    private Mark mark = new Mark(0, 0, 0);

    TriggerLog(WatchSession session) {
        this.session = session;
    }

    /** Forgets what earlier watches saw, and marks where this one begins. */
    void begin() throws SQLException {
        mark = session.row(BEGIN, TriggerLog::mark);
        // The trigger on the log fires at the end of that statement, for our own forgetting.
        mark = new Mark(mark.entry(), mark.attempts(), mark.tampered() + 1);
    }

    private static Mark mark(ResultSet row) throws SQLException {
        return new Mark(row.getLong(1), row.getLong(2), row.getLong(3));
    }

    /** How many rows were deleted in transactions that did not commit, or not yet; {@link #GONE}. */
    long unsettled() throws SQLException {
        try {
            return session.row(
                    SINCE, row -> Math.max(0, row.getLong(2) - mark.attempts() - row.getLong(4)), mark.entry());
        } catch (SQLException e) {
            // Undefined schema, or table.
            if ("3F000".equals(e.getSQLState()) || "42P01".equals(e.getSQLState())) {
                return GONE;
            }
            throw e;
        }
    }

    Contents read() throws SQLException {
        List<Sighting> sightings = new ArrayList<>();
        Map<Long, Author> alterations = new HashMap<>();
        session.rows(ENTRIES, row -> note(row, sightings, alterations), mark.entry());
        boolean tampered = session.row(SINCE, row -> row.getLong(3) != mark.tampered(), mark.entry());
        return new Contents(
                Collections.unmodifiableList(sightings), Collections.unmodifiableMap(alterations), tampered);
    }

    private static boolean note(ResultSet row, List<Sighting> sightings, Map<Long, Author> alterations)
            throws SQLException {
        String act = row.getString(1);
        long relation = row.getLong(2);
        Author author = author(row);
        if (act.equals("ALTER")) {
            alterations.put(relation, author);
            return true;
        }
        return sightings.add(new Sighting(
                kind(act),
                relation,
                subject(texts(row.getArray(3))),
                Optional.ofNullable(row.getObject(4, Long.class)),
                row.getLong(5),
                TransactionEnd.COMMITTED,
                Optional.of(author),
                stack(row.getString(13)),
                texts(row.getArray(6)),
                Optional.empty()));
    }

    private static DeletionKind kind(String act) {
        return DeletionKind.valueOf(act.replace(' ', '_'));
    }

    private static Author author(ResultSet row) throws SQLException {
        String statement = row.getString(12);
        return new Author(
                row.getString(7),
                row.getString(8),
                row.getInt(9),
                row.getLong(10),
                row.getObject(11, OffsetDateTime.class).toInstant(),
                statement.isBlank() ? Optional.empty() : Optional.of(Excerpt.ofSql(statement)),
                routine(stack(row.getString(13))));
    }

    // The first line is our own trigger.
    private static String stack(String context) {
        int end = context.indexOf('\n');
        return end < 0 ? "" : context.substring(end + 1);
    }

    private static Optional<String> routine(String stack) {
        Matcher routine = ROUTINE.matcher(stack);
        return routine.find() ? Optional.of(routine.group(1)) : Optional.empty();
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.stream((Object[]) array.getArray()).map(String::valueOf).toList();
    }

    /** A table, or a table and its column. */
    private static String subject(List<String> name) {
        String table = TableName.of(name.get(0), name.get(1)).toString();
        return name.size() < 3 ? table : table + "." + new TableName(Optional.empty(), name.get(2));
    }
}
