package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.DestructiveStatements;
import io.github.rowsleuth.sql.SqlObject;
import io.github.rowsleuth.sql.StatementKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The recogniser held against a server: generated statements are run, and what they deleted, emptied, dropped and rewrote is read
 * from the counters of the transaction and the catalogs, before it is rolled back.
 */
class RecogniserAgainstServerTest {

    private static final int SCRIPTS = 300;
    private static final int ROWS_IN_EACH = 3;
    private static final String SYNTAX_ERROR = "42601";

    private static final String STATE = """
            with r as (select c.oid, c.relkind, c.relname, c.relfilenode from pg_class c where relnamespace = 'oracle'::regnamespace)
            select case relkind when 'v' then 'VIEW ' when 'm' then 'MATVIEW ' when 'S' then 'SEQUENCE ' when 'i' then 'INDEX '
                                when 'c' then 'ROWTYPE ' else 'TABLE ' end || relname, relfilenode::text from r
            union all select 'COLUMN ' || relname || '|' || attname, atttypid::text from r join pg_attribute a on attrelid = oid
              where attnum > 0 and not attisdropped and relkind in ('r', 'p', 'c')
            union all select 'CONSTRAINT ' || relname || '|' || conname, '' from r join pg_constraint k on conrelid = r.oid
              where contype = 'c'
            union all select case typtype when 'd' then 'DOMAIN ' else 'TYPE ' end || typname, '' from pg_type t
              where typnamespace = 'oracle'::regnamespace and (typtype in ('e', 'd')
                or typtype = 'c' and exists (select from r where r.oid = typrelid and relkind = 'c'))
            union all select 'FUNCTION ' || proname || '|' || pg_get_function_identity_arguments(oid), '' from pg_proc
              where pronamespace = 'oracle'::regnamespace
            union all select 'SCHEMA ' || nspname, '' from pg_namespace where nspname !~ '^pg_'
            union all select 'TRIGGER ' || tgname, '' from pg_trigger where not tgisinternal
            union all select 'RULE ' || rulename, '' from pg_rewrite where rulename <> '_RETURN'
            union all select 'POLICY ' || polname, '' from pg_policy
            union all select 'PART ' || p.relname || '|' || c.relname, '' from pg_inherits
              join r p on inhparent = p.oid join r c on inhrelid = c.oid
            """;

    /** The counters of a transaction go on from those of earlier ones that were not handed in yet. */
    private static final String ROWS = """
            select relname, n_tup_del, n_tup_upd from pg_stat_xact_user_tables where schemaname = 'oracle'""";

    @Test
    void what_a_server_destroyed_is_what_was_recognised() throws Exception {
        List<Integer> majors = PostgresFixture.majors();
        int major = majors.get(majors.size() - 1);
        PostgresServer server = PostgresFixture.shared(major);
        GeneratedSql generated = new GeneratedSql(42, major);
        int run = 0;
        int acts = 0;
        try (Connection connection = server.connect(server.createDatabase());
                Statement statement = connection.createStatement()) {
            setUp(statement);
            connection.setAutoCommit(false);
            Map<String, String> before = state(statement);
            connection.rollback();
            for (int i = 0; i < SCRIPTS; i++) {
                GeneratedSql.Script script = generated.next();
                Map<String, Counters> counted = counters(statement);
                if (runs(statement, script.sql())) {
                    Set<String> done = done(before, state(statement));
                    counters(statement).forEach((table, now) -> now.since(counted.get(table), table, done));
                    run++;
                    acts += done.size();
                    assertThat(recognised(script.sql(), done)).as(script.sql()).isEqualTo(done);
                    assertThat(recognised(script.psql(), done))
                            .as(script.psql())
                            .isEqualTo(done);
                }
                connection.rollback();
                statement.execute("deallocate all");
                connection.rollback();
            }
        }
        assertThat(run).isGreaterThan(SCRIPTS * 95 / 100);
        assertThat(acts).isGreaterThan(SCRIPTS / 2);
    }

    private static void setUp(Statement statement) throws SQLException {
        statement.execute("create schema oracle; set search_path = oracle; " + GeneratedSql.SETUP);
        statement.execute("create table keyed (id int primary key)");
        for (String table : GeneratedSql.TABLES) {
            String name = "\"" + table.replace("\"", "\"\"") + "\"";
            statement.execute("create table " + name + " (id int, b int, c text, constraint k check (b > 0));"
                    + "insert into " + name + " select i, i, i::text from generate_series(1, " + ROWS_IN_EACH + ") i");
        }
        statement.execute("insert into fired values (1)");
    }

    /** Whether the server takes it; what is not even SQL proves nothing. */
    private static boolean runs(Statement statement, String sql) throws SQLException {
        try {
            statement.execute(sql);
            while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
                // every statement is run
            }
            return true;
        } catch (SQLException e) {
            if (SYNTAX_ERROR.equals(e.getSQLState())) {
                return false;
            }
            throw new SQLException(sql, e.getSQLState(), e);
        }
    }

    private static Map<String, String> state(Statement statement) throws SQLException {
        Map<String, String> state = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery(STATE)) {
            while (rows.next()) {
                state.put(rows.getString(1), rows.getString(2));
            }
        }
        return state;
    }

    private static Set<String> done(Map<String, String> before, Map<String, String> after) {
        Set<String> done = new TreeSet<>();
        before.forEach((thing, was) -> {
            String now = after.get(thing);
            String kind = thing.substring(0, thing.indexOf(' '));
            String name = thing.substring(thing.indexOf(' ') + 1);
            if (now == null) {
                gone(kind, name, before, after, done);
            } else if (kind.equals("COLUMN") && !now.equals(was)) {
                done.add("ALTER_TYPE " + name.substring(0, name.indexOf('|')));
            } else if (kind.equals("TABLE") && !now.equals(was) && !retyped(name, before, after)) {
                done.add("TRUNCATE " + name);
            }
        });
        return done;
    }

    private static boolean retyped(String table, Map<String, String> before, Map<String, String> after) {
        return before.entrySet().stream()
                .anyMatch(e -> e.getKey().startsWith("COLUMN " + table + "|")
                        && after.containsKey(e.getKey())
                        && !e.getValue().equals(after.get(e.getKey())));
    }

    private static void gone(
            String kind, String name, Map<String, String> before, Map<String, String> after, Set<String> into) {
        int bar = name.indexOf('|');
        String whole = bar < 0 ? name : name.substring(0, bar);
        boolean host = after.containsKey("TABLE " + whole) || after.containsKey("ROWTYPE " + whole);
        switch (kind) {
            case "COLUMN" -> {
                if (host) {
                    into.add((before.containsKey("ROWTYPE " + whole) ? "DROP_ATTRIBUTE " : "DROP_COLUMN ") + whole);
                }
            }
            case "CONSTRAINT" -> {
                if (host) {
                    into.add("DROP_CONSTRAINT " + whole);
                }
            }
            case "PART" -> {
                if (after.containsKey("TABLE " + name.substring(bar + 1))) {
                    into.add("DETACH_PARTITION " + whole);
                    into.add("DETACH_PARTITION " + name.substring(bar + 1));
                }
            }
            case "ROWTYPE" -> {}
            default -> into.add("DROP_" + kind + " " + whole);
        }
    }

    private static Map<String, Counters> counters(Statement statement) throws SQLException {
        Map<String, Counters> counters = new TreeMap<>();
        try (ResultSet rows = statement.executeQuery(ROWS)) {
            while (rows.next()) {
                counters.put(rows.getString(1), new Counters(rows.getInt(2), rows.getInt(3)));
            }
        }
        return counters;
    }

    /** How many rows of a table were deleted and updated. */
    private record Counters(int deleted, int updated) {

        void since(@Nullable Counters before, String table, Set<String> into) {
            if (deleted > (before == null ? 0 : before.deleted)) {
                into.add("DELETE " + table);
            }
            if (updated - (before == null ? 0 : before.updated) >= ROWS_IN_EACH) {
                into.add("UPDATE_NO_WHERE " + table);
            }
        }
    }

    /** What the recogniser says was done; a hole for a name may stand for whatever was done of that kind. */
    private static Set<String> recognised(String sql, Set<String> done) {
        Set<String> all = new TreeSet<>();
        for (DestructiveStatement found : DestructiveStatements.in(sql)) {
            StatementKind kind = found.kind() == StatementKind.MERGE_DELETE ? StatementKind.DELETE : found.kind();
            List<String> names = new ArrayList<>();
            for (SqlObject object : found.objects()) {
                names.add(object.schema()
                                .filter(s -> !s.equals("oracle"))
                                .map(s -> s + ".")
                                .orElse("")
                        + object.name());
            }
            if (names.isEmpty() || found.dynamic()) {
                done.stream().filter(d -> d.startsWith(kind + " ")).forEach(all::add);
                names = Collections.emptyList();
            }
            names.forEach(name -> all.add(kind + " " + name));
        }
        return all;
    }
}
