package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TablePages;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** One table for each thing that can happen to a row, and what the probe says of all of them. */
final class StagedTuples implements AutoCloseable {

    private static final String[] TABLES = {
        "create extension pageinspect",
        "create table committed(id int)",
        "create table aborted(id int)",
        "create table multi(id int)",
        "create table nested(id int)",
        "create table two_phase(id int)",
        "create table in_progress(id int)",
        "create table updated(id int)",
        "create table parent(id int primary key)",
        "create table child(id int, parent int references parent on delete cascade)",
        "create table inserted(id int)",
        "create table pruned(id int, filler text)",
        "create table moved(id int, part int) partition by list (part)",
        "create table moved_1 partition of moved for values in (1)",
        "create table moved_2 partition of moved for values in (2) partition by list (part)",
        "create table moved_2_leaf partition of moved_2 for values in (2)",
        "create table untouched(id int)"
    };

    private final Database database;
    private final Connection unfinished;
    private final Map<String, Long> xids = new HashMap<>();
    private final Notebook notebook;
    private final DeadRows found;

    StagedTuples(Database database) throws Exception {
        this.database = database;
        this.unfinished = database.connect();
        stage();
        notebook = Notebook.on(
                "committed",
                "aborted",
                "multi",
                "nested",
                "two_phase",
                "in_progress",
                "updated",
                "parent",
                "child",
                "inserted",
                "pruned",
                "moved",
                "untouched");
        found = Postgres.at(database.url()).deadRows().examine(notebook);
    }

    private void stage() throws SQLException {
        database.run(TABLES);
        database.run("""
                do $$ declare t text; begin
                  for t in select c.oid::regclass from pg_class c
                            where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace loop
                    execute format('alter table %s set (autovacuum_enabled = off)', t);
                  end loop;
                  foreach t in array '{committed,aborted,multi,nested,updated,inserted,parent}'::text[] loop
                    execute format('insert into %I select generate_series(1, 10)', t);
                  end loop;
                end $$""");
        database.run(
                "insert into two_phase select generate_series(1, 6)",
                "insert into in_progress select generate_series(1, 6)",
                "insert into child select i, (i + 4) / 5 from generate_series(1, 50) i",
                "insert into pruned select i, repeat('x', 700) from generate_series(1, 30) i",
                "insert into moved select i, 1 from generate_series(1, 5) i");
        // Before anything is left unfinished that would protect the rows.
        transaction("pruned", "delete from pruned where id % 3 = 0", "commit");
        database.run("select count(*) from pruned");
        transaction("after pruning", "delete from pruned where id = 1", "commit");
        transaction("committed", "delete from committed where id <= 4", "commit");
        transaction("aborted", "delete from aborted where id <= 4", "rollback");
        transaction(
                "multi",
                "select from multi where id <= 2 for update",
                "savepoint s",
                "delete from multi where id <= 2",
                "commit");
        transaction(
                "nested",
                "delete from nested where id = 1",
                "savepoint a",
                "delete from nested where id in (2, 3)",
                "release a",
                "savepoint b",
                "delete from nested where id = 4",
                "rollback to b",
                "commit");
        String gid = database.name();
        transaction(
                "prepared",
                "delete from two_phase where id = 1",
                "savepoint s",
                "delete from two_phase where id = 2",
                "prepare transaction 'waits" + gid + "'");
        transaction("commit prepared", "delete from two_phase where id = 3", "prepare transaction 'c" + gid + "'");
        transaction("rollback prepared", "delete from two_phase where id = 4", "prepare transaction 'r" + gid + "'");
        database.run("commit prepared 'c" + gid + "'", "rollback prepared 'r" + gid + "'");
        transaction("updated", "update updated set id = id + 100 where id <= 3", "commit");
        transaction("update rolled back", "update updated set id = id + 100 where id = 5", "rollback");
        transaction("cascade", "delete from parent where id <= 2", "commit");
        transaction("inserted", "insert into inserted select generate_series(11, 15)", "rollback");
        transaction("moved", "update moved set part = 2 where id <= 2", "commit");
        unfinished.setAutoCommit(false);
        try (Statement statement = unfinished.createStatement()) {
            xids.put("in progress", xid(statement));
            statement.execute("delete from in_progress where id = 1");
            statement.execute("savepoint s");
            statement.execute("delete from in_progress where id = 2");
            statement.execute("insert into in_progress values (7), (8), (9)");
        }
    }

    /** Runs statements in one transaction and remembers its id. */
    private void transaction(String name, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("begin");
            xids.put(name, xid(statement));
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static long xid(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("select pg_current_xact_id()::text::bigint")) {
            result.next();
            return result.getLong(1);
        }
    }

    Database database() {
        return database;
    }

    Notebook notebook() {
        return notebook;
    }

    DeadRows found() {
        return found;
    }

    DeadRows again(Postgres postgres) throws Exception {
        return postgres.deadRows().examine(new Notebook(notebook));
    }

    long xid(String transaction) {
        return xids.getOrDefault(transaction, -1L);
    }

    TablePages pages(String table) {
        return found.of(TableName.of("public", table)).orElseThrow();
    }

    ObservedTransaction transaction(long xid) {
        return found.transactions().stream()
                .filter(t -> t.xid() == xid)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws SQLException {
        unfinished.close();
        database.run("rollback prepared 'waits" + database.name() + "'");
    }
}
