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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** What a rewrite calls the table that it makes (src/backend/commands/cluster.c, make_new_heap). */
    private static final Pattern TRANSIENT = Pattern.compile("pg_temp_(\\d{1,10})");

    /** How much of the log is looked through. */
    private static final long MOST = 256L << 20;
    /** How many files before the part that was read: the image of a page may be as old as the last checkpoint. */
    private static final int FILES_BEFORE = 4;
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

    /**
     * Looks back through the log.
     *
     * @param starts where parts of it begin, in order
     * @param to where the last relation was dropped
     * @param before where the file begins in which the first part does, and files before it
     */
    void fromLog(LogReader reader, List<Lsn> starts, Lsn to, LogPlace.Found before, long segmentSize, Instant stop)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        if (!reader.maySeePages(to, CONSEQUENCE)) {
            return;
        }
        Lsn end = to;
        for (int i = starts.size() - 1; i >= 0 && wanting(stop); i--) {
            if (starts.get(i).compareTo(end) < 0 && to.position() - end.position() < MOST) {
                take(reader, starts.get(i), end);
                end = starts.get(i);
            }
        }
        long file = before.from().position();
        for (int i = 0; i < FILES_BEFORE && file > before.oldest().position() && wanting(stop); i++) {
            take(reader, new Lsn(file - segmentSize), new Lsn(Math.min(to.position(), file + LONGEST_RECORD)));
            file -= segmentSize;
        }
    }

    private void take(LogReader reader, Lsn from, Lsn to)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        session.renew(); // A transaction must not last.
        reader.catalogRows(from, to).rows().forEach(this::take);
    }

    private boolean wanting(Instant stop) {
        return !satisfied() && session.examination().clock().instant().isBefore(stop);
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

    /** Files that relations had while they were rewritten, when their rows bore names for the time being. */
    Map<FileId, Long> files(long database, long tablespace) {
        Map<FileId, Long> owners = new HashMap<>();
        for (CatalogRow row : versions) {
            Matcher matcher = TRANSIENT.matcher(row.name());
            if (matcher.matches()) {
                owners.putIfAbsent(file(row, database, tablespace), Long.valueOf(matcher.group(1)));
            }
        }
        return owners;
    }

    /** Of every version of a row that was found, the relation with the file that it had then. */
    List<Relation> all(long database, long tablespace)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        if (versions.isEmpty()) {
            return List.of();
        }
        return versions.stream()
                .filter(row -> !TRANSIENT.matcher(row.name()).matches())
                .map(row -> relation(row, database, tablespace))
                .toList();
    }

    private static FileId file(CatalogRow row, long database, long tablespace) {
        return new FileId(row.tablespace() == 0 ? tablespace : row.tablespace(), database, row.file());
    }

    private Relation relation(CatalogRow row, long database, long tablespace) {
        Optional<String> schema = Optional.ofNullable(schemas.get(row.schema()));
        return new Relation(
                row.oid(),
                file(row, database, tablespace),
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
