package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.wal.LogRecord;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.Lsn;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Reads records of the write-ahead log with the extension {@code pg_walinspect}, of any version. */
final class LogReader {

    static final String EXTENSION = "pg_walinspect";

    private static final String RECORDS = "pg_get_wal_records_info(pg_lsn, pg_lsn)";
    private static final String BLOCKS = "pg_get_wal_block_info(pg_lsn, pg_lsn, boolean)";
    private static final int FIRST_WITH_EXTENSION = 15;

    // Counts together what is many, in one pass; OFFSET 0 keeps the planner from working out the kind again and again.
    private static final String PART = """
            with me as (
              select d.oid::text as database, pg_relation_filenode('pg_class')::text as class,
                     pg_relation_filenode('pg_index')::text as index, pg_relation_filenode('pg_type')::text as type,
                     pg_relation_filenode('pg_sequence')::text as sequence
                from pg_database d where d.datname = current_database())
            select k.kind,
                   case when k.kind in ('REST', 'ELSEWHERE') then '' else r.record_type end as type,
                   case when k.kind in ('REST', 'ELSEWHERE', 'PRUNE') then '0' else r.xid::text end::bigint as xid,
                   case when k.kind in ('DELETE', 'PRUNE') then split_part(r.block_ref, ' ', 4) else '' end as relation,
                   case k.kind when 'DELETE' then substr(r.description, strpos(r.description, '0x') + 2, 2)
                               when 'PRUNE' then case r.xid::text when '0' then '' else 'writer' end
                               when 'END' then split_part(r.description, ' inval msgs:', 1)
                               when 'REST' then '' when 'ELSEWHERE' then ''
                               when 'CLASS' then '' when 'INDEX' then '' when 'TYPE' then '' when 'SEQUENCE' then ''
                               else r.description end as detail,
                   case when k.kind in ('DELETE', 'PRUNE', 'REST', 'ELSEWHERE') then null else r.start_lsn end as alone,
                   count(*) as records, min(r.start_lsn)::text as first, max(r.start_lsn)::text as last,
                   max(r.end_lsn)::text as upto
              from me, {schema}.pg_get_wal_records_info(?::pg_lsn, ?::pg_lsn) r,
                   lateral (
                     select case r.resource_manager
                       when 'Heap' then case
                         when r.record_type like 'TRUNCATE%' then 'TRUNCATE'
                         when r.record_type not like 'DELETE%' then 'REST'
                         when split_part(r.block_ref, '/', 2) <> me.database then 'ELSEWHERE'
                         when split_part(split_part(r.block_ref, ' ', 4), '/', 3) in ('1259', me.class) then 'CLASS'
                         when split_part(split_part(r.block_ref, ' ', 4), '/', 3) in ('2610', me.index) then 'INDEX'
                         when split_part(split_part(r.block_ref, ' ', 4), '/', 3) in ('1247', me.type) then 'TYPE'
                         when split_part(split_part(r.block_ref, ' ', 4), '/', 3) in ('2224', me.sequence) then 'SEQUENCE'
                         when split_part(split_part(r.block_ref, ' ', 4), '/', 3)::bigint < 16384 then 'REST'
                         else 'DELETE' end
                       when 'Heap2' then case
                         when r.record_type ~ '^(PRUNE|VACUUM)' and split_part(r.block_ref, '/', 2) = me.database
                              and split_part(split_part(r.block_ref, ' ', 4), '/', 3)::bigint >= 16384 then 'PRUNE'
                         else 'REST' end
                       when 'Transaction' then case
                         when r.record_type ~ '^(COMMIT|ABORT)' then 'END'
                         when r.record_type in ('PREPARE', 'ASSIGNMENT') then r.record_type
                         else 'REST' end
                       when 'Standby' then case r.record_type
                         when 'LOCK' then 'LOCK' when 'RUNNING_XACTS' then 'RUNNING' else 'REST' end
                       when 'Storage' then case r.record_type when 'CREATE' then 'CREATE' else 'REST' end
                       when 'Database' then case when r.record_type like 'DROP%' then 'DROP_DATABASE' else 'REST' end
                       else 'REST' end as kind
                     offset 0) k
             group by 1, 2, 3, 4, 5, 6""";

    private static final String FIRST_END = """
            select substring(r.description from '^[0-9:. +-]+')::timestamptz as ended
              from {schema}.pg_get_wal_records_info(?::pg_lsn, ?::pg_lsn) r
             where r.resource_manager = 'Transaction' and r.record_type ~ '^(COMMIT|ABORT)$'
             order by r.start_lsn
             limit 1""";

    // Rows of two catalogs as they once were: whole pages, and rows when they were inserted.
    private static final String CATALOG_ROWS = """
            select r.relfilenode = pg_relation_filenode('pg_namespace') as schemas,
                   case when r.record_type like 'INSERT%' then r.block_data end as inserted,
                   r.block_fpi_data as page
              from {schema}.pg_get_wal_block_info(?::pg_lsn, ?::pg_lsn, true) r
             where r.relfilenode in (pg_relation_filenode('pg_class'), pg_relation_filenode('pg_namespace'))
               and r.reldatabase = (select oid from pg_database where datname = current_database())
               and r.relforknumber = 0 and r.resource_manager in ('Heap', 'Heap2', 'XLOG')
               and (r.block_fpi_data is not null or r.record_type like 'INSERT%')
             order by r.start_lsn desc""";

    private final Session session;
    private final boolean callable;
    private final boolean pagesCallable;
    private final Query part;
    private final Query firstEnd;
    private final Optional<Query> catalogRows;

    private LogReader(Session session, Extension extension) {
        this.session = session;
        this.callable = extension.mayCall(RECORDS);
        this.pagesCallable = extension.mayCall(BLOCKS);
        this.part = extension.query(PART, RECORDS);
        this.firstEnd = extension.query(FIRST_END, RECORDS);
        this.catalogRows =
                extension.has(BLOCKS) ? Optional.of(extension.query(CATALOG_ROWS, BLOCKS)) : Optional.empty();
    }

    static LogReader open(Session session, boolean standby)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Optional<Extension> extension = Extension.find(session, EXTENSION);
        if (extension.isEmpty() || !extension.get().has(RECORDS)) {
            throw missing(session, standby);
        }
        return new LogReader(session, extension.get());
    }

    private static ProbeUnavailableException missing(Session session, boolean standby)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        if (Extension.available(session, EXTENSION)) {
            return new ProbeUnavailableException(
                    "expected the extension " + EXTENSION
                            + ", which shows the write-ahead log, found it not installed in" + " this database",
                    "CREATE EXTENSION " + EXTENSION
                            + (standby ? ", on the primary, because a standby only follows" : "")
                            + "; it needs a superuser, reads only, and writes a few catalog rows");
        }
        if (session.major() < FIRST_WITH_EXTENSION) {
            return new ProbeUnavailableException(
                    "PostgreSQL " + session.major() + " can not show its write-ahead log by SQL: " + EXTENSION
                            + " came with " + FIRST_WITH_EXTENSION,
                    "copy pg_wal, and read the copy with the pg_waldump of this version; dead rows on the pages, commit"
                            + " timestamps, counters and the server log tell of the same transactions");
        }
        return new ProbeUnavailableException(
                "expected the extension " + EXTENSION + ", which shows the write-ahead log, found a server without it",
                "install the contrib package of PostgreSQL " + session.major() + ", then CREATE EXTENSION " + EXTENSION
                        + "; or copy pg_wal, and read the copy with pg_waldump");
    }

    /** The records that begin in that part and end in it. */
    Session.Attempt<LogRecord> part(Lsn from, Lsn to)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.attempt(part, LogReader::logRecord, from.toString(), to.toString());
    }

    /** Fails, and names the grant, if the role may not read the log. */
    void requirePrivilege(Lsn lsn) throws SQLException, ProbeUnavailableException, InterruptedException {
        if (!callable) {
            session.rows(part, LogReader::logRecord, lsn.toString(), lsn.toString());
        }
    }

    private static LogRecord logRecord(Row row) throws SQLException {
        return new LogRecord(
                LogRecord.Kind.valueOf(row.text("kind")),
                row.text("type"),
                row.number("xid"),
                row.text("relation"),
                row.text("detail"),
                row.number("records"),
                Lsn.parse(row.text("first")),
                Lsn.parse(row.text("last")),
                Lsn.parse(row.text("upto")));
    }

    /** When the first transaction ended in that part. */
    Session.Attempt<Instant> firstEnd(Lsn from, Lsn to)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.attempt(
                firstEnd, row -> row.instant("ended").orElse(Instant.MAX), from.toString(), to.toString());
    }

    /** Whether this version of the extension shows what a page held. */
    boolean showsPages() {
        return catalogRows.isPresent();
    }

    /** Whether the role may see what pages held; a missing privilege is a gap. */
    boolean maySeePages(Lsn lsn, String consequence)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        if (catalogRows.isPresent() && !pagesCallable) {
            session.rowsOrGap(catalogRows.get(), consequence, LogReader::catalogRows, lsn.toString(), lsn.toString());
        }
        return pagesCallable;
    }

    /** Rows of {@code pg_class} and {@code pg_namespace} as that part shows them, the newest first. */
    Session.Attempt<CatalogRows> catalogRows(Lsn from, Lsn to)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.attempt(catalogRows.orElseThrow(), LogReader::catalogRows, from.toString(), to.toString());
    }

    /** What one record shows of a catalog. */
    record CatalogRows(boolean schemas, Optional<byte[]> inserted, Optional<byte[]> page) {}

    private static CatalogRows catalogRows(Row row) throws SQLException {
        return new CatalogRows(row.flag("schemas"), row.bytes("inserted"), row.bytes("page"));
    }
}
