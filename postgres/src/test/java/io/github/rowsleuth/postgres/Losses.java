package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.TableCounters;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Brings about every kind of loss, and of what merely looks like one, each in a table of its own. */
final class Losses {

    private static final String TEN = " select generate_series(1, 10)";

    /** Tables that hold ten rows, 1 to 10, before anything happens to them. */
    private static final List<String> FILLED = List.of(
            "kept",
            "gone",
            "back",
            "savepoint",
            "emptied",
            "emptied_back",
            "refilled",
            "reloaded",
            "deleted_and_emptied",
            "dropped",
            "reborn",
            "restored",
            "other.in_schema",
            "vacuumed",
            "all_vacuumed",
            "rewritten",
            "all_rewritten",
            "rewritten_unharmed",
            "inserts_back",
            "updated",
            "locked",
            "two_phase",
            "renamed",
            "shop.elsewhere",
            "shop.unsearched",
            "secret",
            "waiting");

    private final Database database;

    Losses(Database database) {
        this.database = database;
    }

    /** Every table, with its rows. */
    void prepare() throws Exception {
        List<String> sql =
                new ArrayList<>(List.of("create schema other", "create schema shop", "create extension pageinspect"));
        if (database.server().major() >= 15) {
            sql.add("create extension pg_walinspect");
        }
        for (String table : FILLED) {
            sql.add("create table " + table + "(id int primary key, note text)");
            sql.add("insert into " + table + TEN);
        }
        sql.addAll(List.of(
                "create table unsearched(id int)",
                "create table parent(id int primary key)",
                "create table child(p int references parent on delete cascade)",
                "create table root(id int primary key)",
                "create table leaf(r int references root on delete set null)",
                "insert into parent" + TEN,
                "insert into child select 1 + n % 10 from generate_series(1, 50) n",
                "insert into root" + TEN,
                "insert into leaf" + TEN,
                "create table wide(id int primary key, filler text) with (autovacuum_enabled = off)",
                "insert into wide select n, repeat('x', 700) from generate_series(1, 10) n"));
        List.of("split", "moved", "cleared", "loosened", "untied").forEach(t -> sql.addAll(partitioned(t)));
        database.run("select 1"); // Before 15 the counters of a database begin with its first use.
        database.run(sql.toArray(String[]::new));
        arrived(Map.of("kept", "10/0/10", "wide", "10/0/10", "loosened_2", "10/0/10", "child", "50/0/50"));
    }

    private static List<String> partitioned(String name) {
        return List.of(
                "create table " + name + "(id int, part int) partition by list (part)",
                "create table " + name + "_1 partition of " + name + " for values in (1)",
                "create table " + name + "_2 partition of " + name + " for values in (2)",
                "insert into " + name + " select n, p from generate_series(1, 10) n, generate_series(1, 2) p");
    }

    /** What happens to each of them. */
    void happen() throws Exception {
        database.run("delete from gone where id <= 4")
                .run("begin", "delete from back where id <= 4", "rollback")
                .run(
                        "begin",
                        "savepoint s",
                        "delete from savepoint where id <= 4",
                        "rollback to s",
                        "delete from savepoint where id = 10",
                        "commit")
                .run("truncate emptied")
                .run("begin", "truncate emptied_back", "rollback")
                .run("truncate refilled")
                .run("begin", "delete from deleted_and_emptied where id <= 4", "truncate deleted_and_emptied", "commit")
                .run(
                        "begin",
                        "create table born_emptied(id int)",
                        "insert into born_emptied" + TEN,
                        "truncate born_emptied",
                        "commit")
                .run("drop table dropped")
                .run("drop table reborn", "create table reborn(id int)")
                .run(
                        "begin",
                        "drop table restored",
                        "create table restored(id int primary key, note text)",
                        "insert into restored select generate_series(1, 6)",
                        "commit")
                .run("drop schema other cascade")
                .run("delete from parent where id <= 2")
                .run("truncate root cascade");
        maintained();
        partitions();
        others();
        arrived(Map.of("refilled", "10/0/0", "locked", "10/4/6", "two_phase", "10/4/7", "moved_1", "10/1/9"));
        database.run("insert into refilled values (1)");
        arrived(Map.of(
                "gone", "10/4/6",
                "savepoint", "10/5/9",
                "refilled", "11/0/1",
                "reloaded", "11/0/11",
                "child", "50/10/40",
                "wide", "10/4/6",
                "all_vacuumed", "10/10/0",
                "inserts_back", "15/0/10"));
    }

    private void maintained() throws SQLException {
        database.run("delete from vacuumed where id <= 4", "vacuum vacuumed")
                .run("delete from all_vacuumed", "vacuum all_vacuumed")
                .run("delete from rewritten where id <= 4", "vacuum full rewritten")
                .run("begin", "insert into all_rewritten select generate_series(11, 15)", "rollback")
                .run("delete from all_rewritten", "vacuum full all_rewritten")
                .run("alter table rewritten_unharmed alter id type bigint")
                .run("delete from wide where id <= 4", "select count(*) from wide")
                .run("begin", "insert into inserts_back select generate_series(11, 15)", "rollback")
                .run(
                        "update updated set note = 'new' where id <= 3",
                        "begin",
                        "select * from updated for update",
                        "commit")
                // The counters forget a TRUNCATE that its session follows up at once.
                .run("truncate reloaded", "insert into reloaded values (1)");
    }

    private void partitions() throws SQLException {
        database.run("delete from split where id <= 3 and part = 1")
                .run("update moved set part = 2 where id = 1 and part = 1")
                .run("truncate cleared")
                .run("alter table loosened detach partition loosened_2")
                .run("alter table untied detach partition untied_2")
                .run("drop table untied_2");
    }

    private void others() throws SQLException {
        database.run(
                        "begin",
                        "select * from locked where id <= 4 for update",
                        "savepoint s",
                        "delete from locked where id <= 4",
                        "commit")
                .run("delete from two_phase where id <= 2")
                .run("begin", "delete from two_phase where id = 3", "prepare transaction 'c" + database.name() + "'")
                .run("commit prepared 'c" + database.name() + "'")
                .run("begin", "delete from two_phase where id = 4", "prepare transaction 'r" + database.name() + "'")
                .run("rollback prepared 'r" + database.name() + "'")
                .run("begin", "delete from waiting where id <= 4", "prepare transaction '" + waiting() + "'")
                .run("alter table renamed rename to archive")
                .run("alter table kept drop column note")
                .run(
                        "alter table secret enable row level security",
                        "create policy few on secret using (id > 7)",
                        "create role " + reader() + " login",
                        "grant select on secret to " + reader());
    }

    /** The name of the transaction that waits for its commit. */
    String waiting() {
        return "w" + database.name();
    }

    /** A role that the policy hides rows from. */
    String reader() {
        return database.name() + "_reader";
    }

    /** A prepared transaction would outlive the test, and keep the rows of all that follow. */
    void end() throws SQLException {
        database.run("rollback prepared '" + waiting() + "'");
    }

    /** Waits for the counters; inserted, deleted and live of each table. */
    private void arrived(Map<String, String> counts) throws Exception {
        DeletionStats last = database.stats(s -> missing(s, counts).isEmpty());
        if (!missing(last, counts).isEmpty()) {
            throw new AssertionError("counters differ from what was done: " + missing(last, counts));
        }
    }

    private static Map<String, String> missing(DeletionStats stats, Map<String, String> counts) {
        Map<String, String> differ = new TreeMap<>();
        counts.forEach((table, wanted) -> {
            String found =
                    stats.of(TableName.of("public", table)).map(Losses::counts).orElse("none");
            if (!found.equals(wanted)) {
                differ.put(table, found);
            }
        });
        return differ;
    }

    private static String counts(TableCounters counters) {
        return counters.inserted() + "/" + counters.deleted() + "/" + counters.live();
    }
}
