package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.server.Tombstone;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Files of the database that belong to no relation and have no length. When a relation is dropped or gets another file,
 * the old one is cut to nothing at the commit and removed after the next checkpoint (src/backend/storage/smgr/md.c,
 * mdunlinkfork).
 *
 * @param marks one for each
 * @param older how many were older than the last checkpoint: a crash left them, not a removal
 */
record EmptyFiles(List<RemovedFiles.Mark> marks, long older) {

    private static final Duration SECOND = Duration.ofSeconds(1);

    // The list of files is looked at before the catalogs, so that a file made meanwhile is none of nobody's.
    private static final Query FILES = new Query(
            """
            with directory as (
              select t.oid as tablespace,
                     case t.spcname when 'pg_default' then 'base'
                          else format('pg_tblspc/%s/PG_%s_%s', t.oid,
                                      current_setting('server_version_num')::int / 10000, s.catalog_version_no)
                     end || '/' || d.oid as path
                from pg_tablespace t, pg_database d, pg_control_system() s
               where t.spcname <> 'pg_global' and d.datname = current_database()),
            file as materialized (
              select path, name
                from directory, lateral pg_ls_dir(path, true, false) name
               where name ~ '^[0-9]{5,10}$'),
            orphan as materialized (
              select path, name
                from file
               where name::oid >= 16384
                 and not exists (select from pg_class c where c.relfilenode = name::oid)
                 and not exists (select from pg_class m
                                  where m.relfilenode = 0 and pg_relation_filenode(m.oid) = name::oid))
            select name::bigint as file, path, s.modification,
                   s.modification < c.checkpoint_time - interval '1 second' as older
              from orphan, pg_control_checkpoint() c, lateral pg_stat_file(path || '/' || name, true) s
             where s.size = 0
             order by name::bigint, path collate "C"\
            """,
            "pg_ls_dir(), pg_stat_file()",
            "EXECUTE ON FUNCTION pg_catalog.pg_ls_dir(text, boolean, boolean), pg_catalog.pg_stat_file(text, boolean)");

    private record Found(RemovedFiles.Mark mark, boolean older) {}

    /** Where nothing else could be read, a role that may not list them learns nothing at all. */
    static Optional<EmptyFiles> read(Session session, boolean otherSources)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Optional<List<Found>> found = otherSources
                ? session.rowsOrGap(
                        FILES, "which files were emptied since the last checkpoint is unknown", EmptyFiles::of)
                : Optional.of(session.rows(FILES, EmptyFiles::of));
        return found.map(all -> new EmptyFiles(
                all.stream().filter(f -> !f.older()).map(Found::mark).toList(),
                all.stream().filter(Found::older).count()));
    }

    private static Found of(Row row) throws SQLException {
        Moment moment = row.instant("modification")
                .map(at -> Moment.between(at, at.plus(SECOND)))
                .orElse(Moment.unknown());
        long file = row.number("file");
        return new Found(
                new RemovedFiles.Mark(
                        Tombstone.Kind.EMPTY_FILE, file, moment, Optional.empty(), row.text("path") + "/" + file),
                row.flag("older"));
    }

    String coverage() {
        return "the files of the database, " + marks.size() + " of them empty and of no relation"
                + (older == 0 ? "" : ", besides " + older + " that are older than the last checkpoint");
    }
}
