package io.github.rowsleuth.postgres.watch;

import java.util.List;
import java.util.stream.Stream;

/** The 48 ways to delete, to try to, or only to look as if. */
final class Scenarios {

    private static final String T = "create table t(id int primary key, v text)";
    private static final String T_ROWS = "insert into t select n, 'v' || n from generate_series(1, 100) n";
    private static final String[] FAMILY = {
        "create table p(id int primary key)",
        "create table c(id int primary key, p int references p on delete cascade)",
        "create table gc(id int primary key, c int references c on delete cascade)",
        "insert into p select generate_series(1, 3)",
        "insert into c select n, 1 + n % 3 from generate_series(1, 15) n",
        "insert into gc select n, 1 + n % 15 from generate_series(1, 30) n"
    };
    private static final String[] PARTITIONED = {
        "create table m(id int, k int) partition by list (k)",
        "create table m1 partition of m for values in (1)",
        "create table m2 partition of m for values in (2)",
        "insert into m select n, 1 + n % 2 from generate_series(1, 20) n"
    };
    private static final String LOOPBACK =
            "'host=127.0.0.1 user=postgres port=' || current_setting('port') || ' dbname=' || current_database()";

    private Scenarios() {}

    static List<Scenario> all() {
        return Stream.of(statements(), wholeTables(), partitions(), sideWays(), attempts(), harmless())
                .flatMap(List::stream)
                .toList();
    }

    static List<Scenario> losses() {
        return Stream.of(statements(), wholeTables(), partitions(), sideWays())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Scenario> statements() {
        return List.of(
                Scenario.of("plain DELETE", T, T_ROWS)
                        .doing("delete from t where id <= 3")
                        .seenAs("DELETE t 3"),
                Scenario.of("DELETE with synchronous_commit = off", T, T_ROWS)
                        .doing("set synchronous_commit = off", "delete from t where id <= 3")
                        .seenAs("DELETE t 3"),
                Scenario.of("DELETE on a connection that stays open", T, T_ROWS)
                        .doingAndStaying("delete from t where id <= 4")
                        .seenAs("DELETE t 4"),
                Scenario.of("foreign keys cascade from one row", FAMILY)
                        .doing("delete from p where id = 1")
                        .seenAs("DELETE c 5", "DELETE gc 10", "DELETE p 1"),
                Scenario.of("foreign keys cascade from all rows", FAMILY)
                        .doing("delete from p")
                        .seenAs("DELETE c 15", "DELETE gc 30", "DELETE p 3"),
                Scenario.of(
                                "EXECUTE in a function",
                                T,
                                T_ROWS,
                                "create function f() returns void language plpgsql as"
                                        + " $$begin execute 'delete from t where id <= 7'; end$$")
                        .doing("select f()")
                        .seenAs("DELETE t 7"),
                Scenario.of(
                                "a trigger that deletes",
                                T,
                                T_ROWS,
                                "create table u(id int)",
                                "create function f() returns trigger language plpgsql as"
                                        + " $$begin delete from t where id <= 2; return null; end$$",
                                "create trigger x after insert on u for each row execute function f()")
                        .doing("insert into u values (1)")
                        .seenAs("DELETE t 2"),
                Scenario.of("MERGE", T, T_ROWS)
                        .from(15)
                        .doing("merge into t using (select generate_series(1, 5) as n) s on t.id = s.n"
                                + " when matched then delete")
                        .seenAs("DELETE t 5"),
                Scenario.of("WITH … DELETE … INSERT", T, T_ROWS, "create table archive(id int, v text)")
                        .doing(
                                "with d as (delete from t where id <= 8 returning *) insert into archive select * from d")
                        .seenAs("DELETE t 8"),
                Scenario.of("savepoint: two rolled back, one kept", T, T_ROWS)
                        .doing(
                                "begin",
                                "savepoint a",
                                "delete from t where id <= 2",
                                "rollback to a",
                                "delete from t where id = 3",
                                "commit")
                        .seenAs("DELETE t 1", "DELETE tables not known 2 ABORTED")
                        .loggedAs("DELETE t 1", "DELETE t 2 ABORTED")
                        .decodedAs("DELETE t 1"),
                Scenario.of(
                                "a rule that deletes instead",
                                T,
                                T_ROWS,
                                "create rule r as on update to t do instead delete from t where id = old.id")
                        .doing("update t set v = 'x' where id <= 2")
                        .seenAs("DELETE t 2"),
                Scenario.of("deleted and inserted again", T, T_ROWS)
                        .doing("delete from t where id = 1", "insert into t values (1, 'v1')")
                        .seenAs("DELETE t 1"),
                Scenario.of(
                                "equal rows of a table without a key",
                                "create table n(v int)",
                                "insert into n values (1), (1), (1), (1)")
                        .doing("delete from n")
                        .seenAs("DELETE n 4"),
                Scenario.of(
                                "a row with a value outside of it",
                                T,
                                "insert into t select 1, string_agg(md5(n::text), '') from generate_series(1, 1000) n")
                        .doing("delete from t")
                        .seenAs("DELETE t 1"));
    }

    private static List<Scenario> wholeTables() {
        return List.of(
                Scenario.of("TRUNCATE", T, T_ROWS)
                        .doing("truncate t")
                        .seenAs("TRUNCATE t 100")
                        .loggedAs("TRUNCATE t"),
                Scenario.of("TRUNCATE CASCADE", FAMILY)
                        .doing("truncate p cascade")
                        .seenAs("TRUNCATE c 15", "TRUNCATE gc 30", "TRUNCATE p 3")
                        .loggedAs("TRUNCATE c", "TRUNCATE gc", "TRUNCATE p"),
                Scenario.of("TRUNCATE and load again", T, T_ROWS)
                        .doing("begin", "truncate t", T_ROWS, "commit")
                        .seenAs("TRUNCATE t 100")
                        .loggedAs("TRUNCATE t"),
                Scenario.of("DROP TABLE", T, T_ROWS).doing("drop table t").seenAs("DROP TABLE t"),
                Scenario.of(
                                "DROP SCHEMA CASCADE",
                                "drop schema if exists s cascade",
                                "create schema s",
                                "create table s.t(id int)",
                                "insert into s.t values (1)")
                        .doing("drop schema s cascade")
                        .seenAs("DROP TABLE s.t"),
                Scenario.of("ALTER TABLE DROP COLUMN", T, T_ROWS)
                        .doing("alter table t drop column v")
                        .seenAs("DROP COLUMN t.v"),
                Scenario.of("lo_unlink", "select lo_create(4711)")
                        .doing("select lo_unlink(4711)")
                        .seenAs("lo_unlink large object 4711"));
    }

    private static List<Scenario> partitions() {
        return List.of(
                Scenario.of("DELETE through the partitioned table", PARTITIONED)
                        .doing("delete from m where id <= 6")
                        .seenAs("DELETE m 6")
                        .loggedAs("DELETE m1 3", "DELETE m2 3"),
                Scenario.of("DELETE from a partition", PARTITIONED)
                        .doing("delete from m1")
                        .seenAs("DELETE m1 10"),
                Scenario.of("TRUNCATE of the partitioned table", PARTITIONED)
                        .doing("truncate m")
                        .seenAs("TRUNCATE m1 10", "TRUNCATE m2 10")
                        .loggedAs("TRUNCATE m1", "TRUNCATE m2"),
                Scenario.of("DROP of a partition", PARTITIONED)
                        .doing("drop table m1")
                        .seenAs("DROP TABLE m1"),
                Scenario.of("DETACH of a partition", PARTITIONED)
                        .doing("alter table m detach partition m1")
                        .seenAs("DETACH PARTITION m1"),
                Scenario.of(
                                "DELETE through a parent",
                                "create table ip(id int)",
                                "create table ic() inherits (ip)",
                                "insert into ip values (1)",
                                "insert into ic values (2), (3)")
                        .doing("delete from ip")
                        .seenAs("DELETE ip 3")
                        .loggedAs("DELETE ic 2", "DELETE ip 1"));
    }

    private static List<Scenario> sideWays() {
        return List.of(
                Scenario.of("as a replica", T, T_ROWS)
                        .doing("set session_replication_role = replica", "delete from t where id <= 3")
                        .seenAs("DELETE t 3"),
                Scenario.of("with all triggers disabled", T, T_ROWS)
                        .doing("alter table t disable trigger all", "delete from t where id <= 3")
                        .seenAs("DELETE t 3"),
                Scenario.of(
                                "an unlogged table",
                                "create unlogged table ul(id int)",
                                "insert into ul values (1), (2), (3)")
                        .doing("delete from ul")
                        .seenAs("DELETE ul 3")
                        .loggedAs("blind: the table public.ul is unlogged"),
                Scenario.of("a table created meanwhile")
                        .doing(
                                "create table n(id int)",
                                "insert into n values (1), (2), (3)",
                                "delete from n where id < 3")
                        .seenAs("DELETE n 2"),
                Scenario.of("a table created, and dropped again")
                        .doing(
                                "create table n as select generate_series(1, 5) id",
                                "delete from n where id < 3",
                                "drop table n")
                        .seenAs("DELETE n 2", "DROP TABLE n")
                        .loggedAs("DELETE a table whose file is gone 2")
                        .decodedAs("DELETE n 2"),
                Scenario.of("through dblink", "create extension if not exists dblink", T, T_ROWS)
                        .doing("select * from dblink(" + LOOPBACK + ", 'delete from t where id <= 3') as x(r text)")
                        .seenAs("DELETE t 3"),
                Scenario.of(
                                "through a foreign table",
                                "create extension if not exists postgres_fdw",
                                "drop server if exists self cascade",
                                "do $$begin execute format('create server self foreign data wrapper postgres_fdw options"
                                        + " (host ''127.0.0.1'', port %L, dbname %L)',"
                                        + " current_setting('port'), current_database()); end$$",
                                "create user mapping for current_user server self options (user 'postgres')",
                                T,
                                T_ROWS,
                                "create foreign table ft(id int, v text) server self options (table_name 't')")
                        .doing("delete from ft where id <= 3")
                        .seenAs("DELETE t 3"),
                Scenario.of("two-phase commit", T, T_ROWS)
                        .doing("begin", "delete from t where id <= 3", "prepare transaction 'x'", "commit prepared 'x'")
                        .seenAs("DELETE t 3"));
    }

    private static List<Scenario> attempts() {
        return List.of(
                Scenario.of("rolled back", T, T_ROWS)
                        .doing("begin", "delete from t where id <= 9", "rollback")
                        .seenAs("DELETE tables not known 9 ABORTED")
                        .loggedAs("DELETE t 9 ABORTED")
                        .decodedAs(),
                Scenario.of("still open", T, T_ROWS)
                        .doingAndStaying("begin", "delete from t where id <= 3")
                        .seenAs("DELETE tables not known 3 IN_PROGRESS")
                        .loggedAs("DELETE t 3 IN_PROGRESS")
                        .decodedAs());
    }

    private static List<Scenario> harmless() {
        return List.of(
                Scenario.of("UPDATE into another partition", PARTITIONED)
                        .doing("update m set k = 2 where k = 1 and id <= 10"),
                Scenario.of("a temporary table")
                        .doing("create temp table x as select generate_series(1, 10)", "delete from x"),
                Scenario.of("INSERT … ON CONFLICT DO UPDATE", T, T_ROWS)
                        .doing(
                                "insert into t values (1, 'x'), (101, 'y') on conflict (id) do update set v = excluded.v"),
                Scenario.of("UPDATE of the primary key", T, T_ROWS).doing("update t set id = id + 1000 where id <= 3"),
                Scenario.of(
                                "UPDATE of a value outside the row",
                                T,
                                "insert into t select 1, string_agg(md5(n::text), '') from generate_series(1, 1000) n")
                        .doing(
                                "update t set v = (select string_agg(md5(n::text), '') from generate_series(1, 1001) n)"),
                Scenario.of("ALTER COLUMN TYPE", T, T_ROWS).doing("alter table t alter column id type bigint"),
                Scenario.of("VACUUM FULL", T, T_ROWS).doing("vacuum full t"),
                Scenario.of(
                                "REFRESH MATERIALIZED VIEW CONCURRENTLY",
                                T,
                                T_ROWS,
                                "create materialized view mv as select id, v from t",
                                "create unique index on mv(id)",
                                "update t set v = 'new' where id = 1")
                        .doing("refresh materialized view concurrently mv"),
                Scenario.of("TRUNCATE rolled back", T, T_ROWS).doing("begin", "truncate t", "rollback"),
                Scenario.of("DROP TABLE rolled back", T, T_ROWS).doing("begin", "drop table t", "rollback"),
                Scenario.of("INSERT only", T, T_ROWS).doing("insert into t values (200, 'x')"));
    }
}
