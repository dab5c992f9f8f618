package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("all")
class ScratchTest {
    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void print(int major) throws Exception {
        Database d = Database.on(major);
        String[] acts = {};
        int i = 0;
        for (String act : acts) {
            for (String pk : new String[] {"", " primary key"}) {
                String t = "t" + i++;
                d.run(
                        "create table " + t + "(id int" + pk + ")",
                        "insert into " + t + " select generate_series(1, 10)");
                d.run(act.formatted(t));
                System.out.println("XX " + major + " " + act.formatted(t) + pk + ": "
                        + d.value(
                                "select reltuples || ' ' || relpages || ' new=' || (relfilenode <> oid) from pg_class where relname = '"
                                        + t + "'"));
            }
        }
        d.run("create table q(id int)", "insert into q select generate_series(1,10)");
        Thread.sleep(1500);
        d.run("truncate q", "insert into q values (1)");
        Thread.sleep(1500);
        System.out.println(
                "XX " + major + " same session "
                        + d.value(
                                "select n_tup_ins || ' ' || n_tup_del || ' ' || n_live_tup || ' ' || n_dead_tup || ' since=' || n_ins_since_vacuum || ' mod=' || n_mod_since_analyze from pg_stat_user_tables where relname = 'q'"));
        d.run("create table r(id int)", "insert into r select generate_series(1,10)");
        Thread.sleep(1500);
        d.run("begin", "truncate r", "insert into r values (1)", "commit");
        Thread.sleep(1500);
        System.out.println(
                "XX " + major + " same tx "
                        + d.value(
                                "select n_tup_ins || ' ' || n_tup_del || ' ' || n_live_tup || ' ' || n_dead_tup || ' since=' || n_ins_since_vacuum || ' mod=' || n_mod_since_analyze from pg_stat_user_tables where relname = 'r'"));
        d.run("create table s(id int)", "insert into s select generate_series(1,10)");
        Thread.sleep(1500);
        d.run("delete from s where id <=4", "vacuum s");
        Thread.sleep(1500);
        System.out.println(
                "XX " + major + " delete,vacuum "
                        + d.value(
                                "select n_tup_ins || ' ' || n_tup_del || ' ' || n_live_tup || ' ' || n_dead_tup || ' since=' || n_ins_since_vacuum || ' mod=' || n_mod_since_analyze from pg_stat_user_tables where relname = 's'"));
    }
}
