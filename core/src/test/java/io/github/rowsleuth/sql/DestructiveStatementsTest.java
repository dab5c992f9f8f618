package io.github.rowsleuth.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class DestructiveStatementsTest {

    /** Text, then one line per statement: KIND objects [CASCADE] where [deferred] @line. */
    static Stream<Arguments> cases() {
        return Stream.of(
                        rows(), conditions(), truncates(), drops(), alters(), explained(), bodies(), scripts(), dirty())
                .flatMap(c -> c);
    }

    private static Stream<Arguments> rows() {
        return Stream.of(
                a("DELETE FROM users", "DELETE users NONE @1"),
                a("\uFEFFdelete from Public.Users where id=1", "DELETE public.users FILTERED @1"),
                a("DELETE FROM ONLY (s.\"T\"\"x\") AS o WHERE o.a", "DELETE s.\"T\"\"x\" FILTERED @1"),
                a("DELETE FROM t * USING u", "DELETE t NONE @1"),
                a("DELETE FROM db.s.t", "DELETE s.t NONE @1"),
                a("DELETE FROM U&\"\\0061b\"", "DELETE ab NONE @1"),
                a("DELETE FROM t WHERE id IN (SELECT id FROM u WHERE true)", "DELETE t FILTERED @1"),
                a("DELETE FROM t USING (SELECT 1 WHERE x) q", "DELETE t NONE @1"),
                a(
                        "WITH a AS (DELETE FROM x),\nb AS (DELETE FROM y WHERE z)\nDELETE FROM w WHERE true",
                        "DELETE x NONE @1",
                        "DELETE y FILTERED @2",
                        "DELETE w ALWAYS_TRUE @3"),
                a("UPDATE ONLY t AS x SET a = 1, b = (SELECT 2 WHERE true)", "UPDATE_NO_WHERE t NONE @1"),
                a("UPDATE t SET a = 1 FROM u WHERE true"),
                a(
                        "INSERT INTO s.t SELECT * FROM u WHERE a ON CONFLICT (id) DO UPDATE SET v = 1",
                        "UPSERT_UPDATE s.t NONE @1"),
                a(
                        "INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET v = 1 WHERE t.v IS NULL",
                        "UPSERT_UPDATE t FILTERED @1"),
                a("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING"),
                a(
                        "WITH m AS (MERGE INTO s.t USING u ON a WHEN MATCHED THEN DELETE RETURNING *) SELECT 1",
                        "MERGE_DELETE s.t FILTERED @1"),
                a("MERGE INTO t USING u ON a WHEN MATCHED THEN UPDATE SET x = 1"));
    }

    private static Stream<Arguments> conditions() {
        return Stream.of(
                a("DELETE FROM t WHERE true", "DELETE t ALWAYS_TRUE @1"),
                a("DELETE FROM t WHERE ((1 = 1)) RETURNING *", "DELETE t ALWAYS_TRUE @1"),
                a("DELETE FROM t WHERE 't'", "DELETE t ALWAYS_TRUE @1"),
                a("DELETE FROM t WHERE 'yes'::boolean;", "DELETE t ALWAYS_TRUE @1"),
                a("DELETE FROM t WHERE 1 <> 2", "DELETE t ALWAYS_TRUE @1"),
                a("DELETE FROM t WHERE 1 = 2", "DELETE t FILTERED @1"),
                a("DELETE FROM t WHERE 1 = 1 AND id = 5", "DELETE t FILTERED @1"),
                a("DELETE FROM t WHERE false", "DELETE t FILTERED @1"),
                a("DELETE FROM t WHERE \"true\"", "DELETE t FILTERED @1"),
                a("DELETE FROM t WHERE CURRENT OF c", "DELETE t CURRENT_OF @1"));
    }

    private static Stream<Arguments> truncates() {
        return Stream.of(
                a(
                        "TRUNCATE TABLE a, ONLY public.c, \"D\" * RESTART IDENTITY CASCADE",
                        "TRUNCATE a,public.c,\"D\" CASCADE NOT_APPLICABLE @1"),
                a("TRUNCATE t RESTRICT", "TRUNCATE t NOT_APPLICABLE @1"),
                a("truncate long names before display"),
                a("SELECT truncate(x)"));
    }

    private static Stream<Arguments> drops() {
        return Stream.of(
                a("DROP TABLE IF EXISTS a.b, \"C d\" CASCADE", "DROP_TABLE a.b,\"C d\" CASCADE NOT_APPLICABLE @1"),
                a("DROP FOREIGN TABLE f", "DROP_FOREIGN_TABLE f NOT_APPLICABLE @1"),
                a(
                        "DROP FOREIGN DATA WRAPPER IF EXISTS w CASCADE",
                        "DROP_FOREIGN_DATA_WRAPPER w CASCADE NOT_APPLICABLE @1"),
                a("DROP SERVER s", "DROP_SERVER s NOT_APPLICABLE @1"),
                a("DROP GROUP g, h", "DROP_ROLE g,h NOT_APPLICABLE @1"),
                a("DROP INDEX CONCURRENTLY IF EXISTS s.i", "DROP_INDEX s.i NOT_APPLICABLE @1"),
                a("DROP FUNCTION f(int, VARIADIC text[]), g CASCADE", "DROP_FUNCTION f,g CASCADE NOT_APPLICABLE @1"),
                a("DROP TRIGGER t ON s.x CASCADE", "DROP_TRIGGER t CASCADE NOT_APPLICABLE @1"),
                a("DROP POLICY p ON x", "DROP_POLICY p NOT_APPLICABLE @1"),
                a("DROP DATABASE d WITH (FORCE)", "DROP_DATABASE d NOT_APPLICABLE @1"),
                a("DROP OWNED BY u, CURRENT_USER CASCADE", "DROP_OWNED u,current_user CASCADE NOT_APPLICABLE @1"),
                a("DROP DOMAIN d", "DROP_DOMAIN d NOT_APPLICABLE @1"),
                a("DROP EVENT TRIGGER e", "DROP_OTHER e NOT_APPLICABLE @1"),
                a("DROP CAST (a AS b) CASCADE", "DROP_OTHER  CASCADE NOT_APPLICABLE @1"),
                a("DROP USER MAPPING FOR u SERVER s", "DROP_OTHER  NOT_APPLICABLE @1"),
                a("ALTER EXTENSION e DROP TABLE t"),
                a("ALTER PUBLICATION p DROP TABLE t"));
    }

    private static Stream<Arguments> alters() {
        return Stream.of(
                a(
                        "ALTER TABLE IF EXISTS ONLY s.t DROP a, ADD CHECK (x, y), DROP COLUMN IF EXISTS b CASCADE",
                        "DROP_COLUMN s.t NOT_APPLICABLE @1",
                        "DROP_COLUMN s.t CASCADE NOT_APPLICABLE @1"),
                a("ALTER TABLE t DROP CONSTRAINT IF EXISTS c CASCADE", "DROP_CONSTRAINT t CASCADE NOT_APPLICABLE @1"),
                a(
                        "ALTER TABLE t ALTER a TYPE int, ALTER COLUMN b SET DATA TYPE numeric(5,2)",
                        "ALTER_TYPE t NOT_APPLICABLE @1",
                        "ALTER_TYPE t NOT_APPLICABLE @1"),
                a("ALTER TABLE p DETACH PARTITION s.c FINALIZE", "DETACH_PARTITION p,s.c NOT_APPLICABLE @1"),
                a("ALTER TABLE t ALTER a DROP EXPRESSION, ALTER b DROP IDENTITY IF EXISTS, ALTER c DROP DEFAULT"),
                a("ALTER TYPE s.t DROP ATTRIBUTE x", "DROP_ATTRIBUTE s.t NOT_APPLICABLE @1"));
    }

    private static Stream<Arguments> explained() {
        return Stream.of(
                a("EXPLAIN ANALYZE DELETE FROM t", "DELETE t NONE @1"),
                a("EXPLAIN (BUFFERS, ANALYZE) DELETE FROM t", "DELETE t NONE @1"),
                a("EXPLAIN (ANALYZE off) DELETE FROM t"),
                a("EXPLAIN (COSTS) WITH a AS (DELETE FROM t) SELECT 1; DELETE FROM u", "DELETE u NONE @1"),
                a("PREPARE p (int) AS DELETE FROM t WHERE id = $1", "DELETE t FILTERED deferred @1"),
                a("COPY (DELETE FROM t RETURNING *) TO STDOUT", "DELETE t NONE @1"),
                a("SELECT 1 AS delete FROM x"),
                a("SELECT CASE WHEN a THEN delete ELSE truncate END FROM t FOR UPDATE"),
                a("CREATE TRIGGER t INSTEAD OF DELETE ON v FOR EACH ROW EXECUTE FUNCTION f('DELETE FROM x')"));
    }

    private static Stream<Arguments> bodies() {
        return Stream.of(
                a(
                        "DO $$\nBEGIN\n  IF a THEN DELETE FROM t; ELSE TRUNCATE u; END IF;\nEND $$",
                        "DELETE t NONE @3",
                        "TRUNCATE u NOT_APPLICABLE @3"),
                a(
                        "DO LANGUAGE plpgsql 'BEGIN\n DELETE FROM t WHERE a = ''x'';\n DROP TABLE u; END'",
                        "DELETE t FILTERED @2",
                        "DROP_TABLE u NOT_APPLICABLE @3"),
                a(
                        "CREATE FUNCTION f(a text DEFAULT 'DROP TABLE no') RETURNS void AS $f$\nDELETE FROM t\n$f$ LANGUAGE sql",
                        "DELETE t NONE deferred @2"),
                a(
                        "CREATE PROCEDURE n() BEGIN ATOMIC DELETE FROM a; SELECT CASE WHEN b THEN 1 END;\nDELETE FROM c; END;"
                                + " DELETE FROM d",
                        "DELETE a NONE deferred @1",
                        "DELETE c NONE deferred @2",
                        "DELETE d NONE @2"),
                a(
                        "CREATE RULE r AS ON DELETE TO t DO INSTEAD (DELETE FROM a; DELETE FROM b); DELETE FROM c",
                        "DELETE a NONE deferred @1",
                        "DELETE b NONE deferred @1",
                        "DELETE c NONE @1"),
                a("SELECT cron.schedule('DROP TABLE n', '0 3 * * *', $$DELETE FROM e$$)", "DELETE e NONE deferred @1"),
                a("DO $$ BEGIN FOR r IN DELETE FROM t RETURNING * LOOP NULL; END LOOP; END $$", "DELETE t NONE @1"),
                a(
                        "DO $$BEGIN EXECUTE 'DELETE FROM '\n|| quote_ident(t) || ' WHERE id = $1' USING 1; END$$",
                        "DELETE {quote_ident(t)} FILTERED @1"),
                a(
                        "DO $$BEGIN EXECUTE format('DROP TABLE %I.%I', s, t) || ' CASCADE'; END$$",
                        "DROP_TABLE %I.%I CASCADE NOT_APPLICABLE @1"),
                a("DO $a$ DO $b$ DO $c$ EXECUTE 'EXECUTE ''TRUNCATE t''' $c$ $b$ $a$", "TRUNCATE t NOT_APPLICABLE @1"));
    }

    private static Stream<Arguments> scripts() {
        return Stream.of(
                a("\\echo don't\nDELETE FROM a;\n\\! rm 'x\nDELETE FROM b", "DELETE a NONE @2", "DELETE b NONE @4"),
                a(
                        "SELECT 'DROP TABLE ' || quote_ident(t) || ' CASCADE' FROM x WHERE k = 'r'\n\\gexec\nTRUNCATE z",
                        "DROP_TABLE {quote_ident(t)} CASCADE NOT_APPLICABLE @1",
                        "TRUNCATE z NOT_APPLICABLE @3"),
                a("\\copy (DELETE FROM t RETURNING *) TO 'x'\nSELECT 1", "DELETE t NONE @1"),
                a("COPY t (a) FROM stdin;\nit's; DELETE FROM no;\n\\.\nDELETE FROM yes", "DELETE yes NONE @4"),
                a(
                        "COPY t FROM stdin \\;\nDELETE FROM a \\;\nCOPY u FROM stdin;\nDELETE FROM b;\n\\.\nDROP c\n\\.\nTRUNCATE d",
                        "DELETE a NONE @2",
                        "TRUNCATE d NOT_APPLICABLE @8"),
                a("SELECT '\n\\.' ; DELETE FROM t", "DELETE t NONE @2"));
    }

    private static Stream<Arguments> dirty() {
        return Stream.of(
                a("DELETE FROM ${schema}.orders_{year} WHERE id = ?", "DELETE ${schema}.orders_{year} FILTERED @1"),
                a("DELETE FROM :\"tbl\"", "DELETE :\"tbl\" NONE @1"),
                a("TRUNCATE #{a}, %s, <hole>", "TRUNCATE #{a},%s,<hole> NOT_APPLICABLE @1"),
                a("DROP TABLE \"{name}\"", "DROP_TABLE {name} NOT_APPLICABLE @1"),
                a("DELETE FROM t {where}", "DELETE t FILTERED @1"),
                a("DELETE FROM t\\nWHERE id = 1", "DELETE t FILTERED @1"),
                a("DELETE FROM WHERE id = 1", "DELETE  FILTERED @1"),
                a("DO $$ BEGIN DELETE FROM cut", "DELETE cut NONE @1"),
                a("", new String[0]));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void each_text_yields_its_statements(String sql, List<String> expected) {
        assertThat(DestructiveStatements.in(sql).stream().map(DestructiveStatementsTest::shown))
                .containsExactlyElementsOf(expected);
    }

    @Test
    void a_name_filled_in_later_is_dynamic_and_is_no_table() {
        DestructiveStatement found =
                DestructiveStatements.in("TRUNCATE a, {b}, s.\"%s\"").get(0);

        assertThat(found.objects()).extracting(SqlObject::dynamic).containsExactly(false, true, true);
        assertThat(found.tables()).hasSize(1);
        assertThat(found.dynamic()).isTrue();
    }

    @Test
    void a_statement_in_a_string_with_escapes_stands_where_its_verb_stands() {
        String sql = "DO 'BEGIN PERFORM ''a'';\n TRUNCATE t; EXECUTE E''x\\ty'' || ''; DELETE FROM u''; END'";

        assertThat(DestructiveStatements.in(sql))
                .extracting(DestructiveStatement::offset)
                .containsExactly(sql.indexOf("TRUNCATE"), sql.indexOf("DELETE"));
    }

    private static Arguments a(String sql, String... statements) {
        return Arguments.of(sql, List.of(statements));
    }

    private static String shown(DestructiveStatement s) {
        String names =
                String.join(",", s.objects().stream().map(SqlObject::toString).toList());
        return s.kind() + " " + names + (s.cascade() ? " CASCADE " : " ") + s.where()
                + (s.deferred() ? " deferred" : "") + " @" + s.line();
    }
}
