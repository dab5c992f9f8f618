package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.wal.CatalogPage;
import io.github.rowsleuth.postgres.wal.CatalogRow;
import io.github.rowsleuth.postgres.wal.FileId;
import io.github.rowsleuth.postgres.wal.Relation;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.Lsn;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gives dropped relations their names back: from rows of {@code pg_class} on images of its pages in the log (the first
 * change of a page after a checkpoint carries one) and in the records of their insertion; and, for superusers, from the
 * pages of {@code pg_class} itself, where dead rows lie until they are pruned.
 */
final class FormerRelations {

    private static final String PAGEINSPECT = "pageinspect";
    private static final String GET_RAW_PAGE = "get_raw_page(text, text, bigint)";

    private static final String PAGES = """
            select b.schemas, {schema}.get_raw_page(b.name, 'main', b.block) as page
              from (select false as schemas, 'pg_catalog.pg_class' as name,
                           generate_series(0, pg_relation_size('pg_class') / current_setting('block_size')::int - 1) as block
                    union all
                    select true, 'pg_catalog.pg_namespace',
                           generate_series(0, pg_relation_size('pg_namespace') / current_setting('block_size')::int - 1)) b
             limit 4096""";

    private static final Query SCHEMAS = new Query(
            "select oid::bigint as oid, nspname::text as name from pg_namespace",
            "pg_namespace",
            "SELECT ON pg_catalog.pg_namespace");

    private static final Query SUPERUSER =
            new Query("select current_setting('is_superuser')::boolean as superuser", "is_superuser", "pg_monitor");

    /** How much of the log is read at once, and in all. */
    private static final long PART = 2L << 20;

    private static final long MOST = 256L << 20;
    /** A record with images of as many pages as it can carry. */
    private static final long LONGEST_RECORD = 512L << 10;

    private static final String CONSEQUENCE = "dropped tables go by their files, not by their names";

    private final Session session;
    private final Set<Long> wanted;
    private final Set<Long> oids;
    private final Set<Long> files;
    private final Set<CatalogRow> versions = new LinkedHashSet<>();
    private final Set<Long> wantedSchemas = new HashSet<>();
    private final Map<Long, String> schemas = new HashMap<>();

    private FormerRelations(Session session, Set<Long> oids, Set<Long> files) {
        this.session = session;
        this.wanted = new HashSet<>(oids);
        this.oids = Set.copyOf(oids);
        this.files = Set.copyOf(files);
    }

    /**
     * Looks for nothing yet.
     *
     * @param oids the oids of the relations whose names are wanted
     * @param files files whose relations would be good to know too
     */
    static FormerRelations wanted(Session session, Set<Long> oids, Set<Long> files)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        FormerRelations relations = new FormerRelations(session, oids, files);
        session.rows(SCHEMAS, row -> relations.schemas.put(row.number("oid"), row.text("name")));
        return relations;
    }

    /** Looks back from that position of the log to the other. */
    void fromLog(LogReader reader, long segmentSize, Lsn from, Lsn to, Instant stop)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        if (!reader.maySeePages(to, CONSEQUENCE)) {
            return;
        }
        long end = to.position();
        long least = Math.max(from.position(), to.position() - MOST);
        while (!satisfied()
                && end > least
                && session.examination().clock().instant().isBefore(stop)) {
            session.renew(); // A transaction must not last.
            long begin = Math.max(least, end - PART);
            Lsn beyond = new Lsn(Math.min(to.position(), end + LONGEST_RECORD));
            Session.Attempt<LogReader.CatalogRows> rows = reader.catalogRows(new Lsn(begin), beyond);
            long nextFile = (begin / segmentSize + 1) * segmentSize;
            if (rows.state().isPresent() && nextFile < end) {
                // The rest of a file that was closed early holds no record to begin with.
                rows = reader.catalogRows(new Lsn(nextFile), beyond);
            }
            rows.rows().forEach(this::take);
            end = begin;
        }
    }

    private boolean satisfied() {
        return wanted.isEmpty() && schemas.keySet().containsAll(wantedSchemas);
    }

    private void take(LogReader.CatalogRows rows) {
        rows.page().ifPresent(page -> CatalogPage.rows(page).forEach(row -> take(row, rows.schemas())));
        rows.inserted().flatMap(CatalogPage::inserted).ifPresent(row -> take(row, rows.schemas()));
    }

    private void take(ByteBuffer columns, boolean schema) {
        if (schema) {
            CatalogRow.ofSchema(columns).ifPresent(row -> schemas.putIfAbsent(row.oid(), row.name()));
        } else {
            CatalogRow.ofClass(columns, session.major())
                    .filter(row -> oids.contains(row.oid()) || files.contains(row.file()))
                    .ifPresent(row -> {
                        versions.add(row);
                        wanted.remove(row.oid());
                        wantedSchemas.add(row.schema());
                    });
        }
    }

    /** Where the log did not tell, and the role may. */
    void fromPages() throws SQLException, ProbeUnavailableException, InterruptedException {
        if (wanted.isEmpty()
                || !session.rows(SUPERUSER, row -> row.flag("superuser")).get(0)) {
            return;
        }
        Optional<Extension> extension = Extension.find(session, PAGEINSPECT).filter(e -> e.has(GET_RAW_PAGE));
        if (extension.isPresent()) {
            Query pages = extension.get().query(PAGES, GET_RAW_PAGE);
            session.attempt(
                            pages,
                            row -> new LogReader.CatalogRows(row.flag("schemas"), Optional.empty(), row.bytes("page")))
                    .rows()
                    .forEach(this::take);
        }
    }

    /** Of every version of a row that was found, the relation with the file that it had then. */
    List<Relation> all(long database, long tablespace)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        if (versions.isEmpty()) {
            return List.of();
        }
        return versions.stream().map(row -> relation(row, database, tablespace)).toList();
    }

    private Relation relation(CatalogRow row, long database, long tablespace) {
        Optional<String> schema = Optional.ofNullable(schemas.get(row.schema()));
        long place = row.tablespace() == 0 ? tablespace : row.tablespace();
        return new Relation(
                row.oid(),
                new FileId(place, database, row.file()),
                Relation.kind(row.kind(), schema.orElse("")),
                new TableName(schema, row.name()),
                row.oid(),
                1);
    }

    /** Says so where names are still missing. */
    void report(LogReader reader) {
        if (!wanted.isEmpty()) {
            session.examination()
                    .gap(
                            "the names of " + wanted.size() + " dropped relations are not to be found",
                            CONSEQUENCE,
                            reader.showsPages()
                                    ? "look for DROP in the server log; a superuser may ask again with the extension"
                                            + " pageinspect installed, as long as the dead rows lie in pg_class"
                                    : "look for DROP in the server log; a superuser may ask again with the extension"
                                            + " pageinspect installed, or after ALTER EXTENSION pg_walinspect UPDATE on"
                                            + " PostgreSQL 16 or newer");
        }
    }
}
