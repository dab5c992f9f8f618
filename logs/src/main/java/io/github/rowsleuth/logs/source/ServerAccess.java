package io.github.rowsleuth.logs.source;

import java.io.InterruptedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a role may see of the log of its server. Listing takes {@code EXECUTE} on {@code pg_ls_logdir()}, which
 * {@code pg_monitor} has. Reading takes {@code EXECUTE} on {@code pg_read_binary_file()}, which nobody has but superusers
 * and which opens every file of the server to whom it is granted; or {@link #INSTALL a function} that a superuser lends,
 * which opens the files of {@code log_directory} and no other.
 *
 * @param role the role
 * @param quoted the same, as it stands in a statement
 * @param lists whether it may list the files
 * @param reads whether it may read any file
 * @param tells whether it may ask which file is written
 * @param lent whether the function that a superuser lends is there
 * @param trusted whether that is a superuser's, with a fixed search path
 * @param granted whether the role may call it
 * @param settings what decides where and how the log is written, as far as the role may see it
 */
record ServerAccess(
        String role,
        String quoted,
        boolean lists,
        boolean reads,
        boolean tells,
        boolean lent,
        boolean trusted,
        boolean granted,
        Map<String, String> settings) {

    private static final String FACTS = """
            select current_user::pg_catalog.text as role, pg_catalog.quote_ident(current_user) as quoted,
                   pg_catalog.has_function_privilege('pg_catalog.pg_ls_logdir()', 'execute') as lists,
                   pg_catalog.has_function_privilege(
                       'pg_catalog.pg_read_binary_file(text,bigint,bigint,boolean)', 'execute') as reads,
                   pg_catalog.has_function_privilege('pg_catalog.pg_current_logfile()', 'execute') as tells,
                   w.oid is not null as lent,
                   coalesce(w.prosecdef and (select r.rolsuper from pg_catalog.pg_roles r where r.oid = w.proowner)
                            and 'search_path=pg_catalog, pg_temp' = any (w.proconfig), false) as trusted,
                   coalesce(pg_catalog.has_schema_privilege(w.pronamespace, 'usage')
                            and pg_catalog.has_function_privilege(w.oid, 'execute'), false) as granted
              from (select) as always
              left join pg_catalog.pg_proc w on w.proname = 'log_bytes'
               and w.pronamespace = (select l.oid from pg_catalog.pg_namespace l where l.nspname = 'rowsleuth')
               and w.proargtypes::pg_catalog.text = '25 20 20' and w.prorettype = 'pg_catalog.bytea'::pg_catalog.regtype
            """;

    private static final String SETTINGS = """
            select name, setting from pg_catalog.pg_settings
             where name in ('logging_collector', 'log_destination', 'log_directory', 'log_filename',
                            'log_line_prefix', 'log_timezone', 'lc_messages')""";

    private static final String CURRENT = "select pg_catalog.pg_current_logfile() as file";

    static final String LIST = """
            select name, size, (extract(epoch from modification) * 1000)::pg_catalog.int8 as modified
              from pg_catalog.pg_ls_logdir() order by name""";

    private static final String LIST_ONE = """
            select name, size, (extract(epoch from modification) * 1000)::pg_catalog.int8 as modified
              from pg_catalog.pg_ls_logdir() where name = ?""";

    private static final String LENT = "select rowsleuth.log_bytes(?, ?, ?) as bytes";

    private static final String DIRECT = "select pg_catalog.pg_read_binary_file(?, ?, ?, true) as bytes";

    /** The files of {@code log_directory}, and no other, to whom a superuser lends it. */
    private static final String INSTALL = """
            CREATE SCHEMA IF NOT EXISTS rowsleuth; \
            CREATE OR REPLACE FUNCTION rowsleuth.log_bytes(file text, start bigint, length bigint) RETURNS bytea \
            LANGUAGE sql STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS \
            $$ SELECT pg_read_binary_file(current_setting('log_directory') || '/' || l.name, start, length, true) \
            FROM pg_ls_logdir() l WHERE l.name = file $$; \
            REVOKE ALL ON FUNCTION rowsleuth.log_bytes(text, bigint, bigint) FROM PUBLIC; \
            """;

    /** Copies the map. */
    ServerAccess {
        settings = Map.copyOf(settings);
    }

    /**
     * A file in {@code log_directory}.
     *
     * @param name its name
     * @param size in bytes
     * @param modified when it was written last, in milliseconds since 1970
     */
    record Listed(String name, long size, long modified) {

        static Listed of(ResultSet row) throws SQLException {
            return new Listed(row.getString("name"), row.getLong("size"), row.getLong("modified"));
        }
    }

    static ServerAccess of(ServerSession session) throws SQLException, InterruptedIOException {
        Map<String, String> settings = new HashMap<>();
        session.rows(SETTINGS, row -> settings.put(row.getString("name"), row.getString("setting")));
        return session.rows(
                        FACTS,
                        row -> new ServerAccess(
                                row.getString("role"),
                                row.getString("quoted"),
                                row.getBoolean("lists"),
                                row.getBoolean("reads"),
                                row.getBoolean("tells"),
                                row.getBoolean("lent"),
                                row.getBoolean("trusted"),
                                row.getBoolean("granted"),
                                settings))
                .get(0);
    }

    /** {@return the file that is written now, below the data directory or from the root; empty if that is not told} */
    Optional<String> current(ServerSession session) throws SQLException, InterruptedIOException {
        if (!tells) {
            return Optional.empty();
        }
        return session.rows(CURRENT, row -> Optional.ofNullable(row.getString("file")))
                .get(0);
    }

    /** {@return the file of that name as it is now, empty if it is gone} */
    static Optional<Listed> listed(ServerSession session, String name) throws SQLException, InterruptedIOException {
        return session.rows(LIST_ONE, Listed::of, name).stream().findFirst();
    }

    /** {@return the directory of the log, as the server names it} */
    Optional<String> directory(Optional<String> current) {
        return Optional.ofNullable(settings.get("log_directory"))
                .or(() -> current.filter(file -> file.contains("/"))
                        .map(file -> file.substring(0, file.lastIndexOf('/'))));
    }

    /** {@return whether there is a way to read that directory} */
    boolean canRead(Optional<String> directory) {
        return isLent() || (reads && directory.isPresent());
    }

    private boolean isLent() {
        return lent && trusted && granted;
    }

    /** {@return that part of a file; empty if the file is gone} */
    Optional<byte[]> bytes(ServerSession session, Optional<String> directory, String name, long from, int length)
            throws SQLException, InterruptedIOException {
        boolean direct = reads && directory.isPresent();
        String file = direct ? directory.get() + "/" + name : name;
        List<Optional<byte[]>> rows = session.rows(
                direct ? DIRECT : LENT, row -> Optional.ofNullable(row.getBytes("bytes")), file, from, (long) length);
        return rows.get(0);
    }

    /** {@return what lets this role list} */
    String listingRemedy() {
        return "GRANT pg_monitor TO " + quoted;
    }

    /** {@return what lets this role read} */
    String readingRemedy() {
        String grants = "GRANT USAGE ON SCHEMA rowsleuth TO " + quoted
                + "; GRANT EXECUTE ON FUNCTION rowsleuth.log_bytes(text, bigint, bigint) TO " + quoted;
        return "a superuser runs in this database: " + (lent && trusted ? "" : INSTALL) + grants
                + (settings.containsKey("log_directory") ? "" : "; " + listingRemedy());
    }

    /** {@return why the function that is there is not called, empty if it is not there or may be called} */
    String distrust() {
        return lent && !trusted
                ? "; rowsleuth.log_bytes() is there, but not as a function of a superuser with a fixed search_path"
                : "";
    }
}
