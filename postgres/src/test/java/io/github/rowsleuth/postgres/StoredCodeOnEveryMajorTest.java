package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.server.StoredCode;
import io.github.rowsleuth.server.StoredItem;
import io.github.rowsleuth.server.StoredItem.Kind;
import io.github.rowsleuth.sql.DestructiveStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredCodeOnEveryMajorTest {
    private static final String HOSTILE = "a;b\"'\n{QUERY :commandType 4 ? \u202e";
    private static final String IN_SQL = '"' + HOSTILE.replace("\"", "\"\"") + '"';

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static Database shop(int major) throws Exception {
        Database shop = Database.on(major)
                .run(
                        "create extension lo",
                        "create table orders(id int, note text)",
                        "create table items(id int)",
                        "create table log(id int, note text)",
                        "create table guarded(id int)",
                        "create table " + IN_SQL + "(" + IN_SQL + " int)",
                        "create view seen as select * from orders");
        return policies(rules(triggers(routines(shop, major))));
    }

    private static Database routines(Database shop, int major) throws Exception {
        shop.run(
                "create language fake handler plpgsql_call_handler",
                "create function foreign_purge() returns void language fake as 'run(\"delete from orders\") # \"drop table x\"'",
                "create function purge_log() returns void language plpgsql as"
                        + " $$begin execute 'delete from log where note = ''canary'''; end$$",
                "create function purge_log(how text) returns void language plpgsql as"
                        + " $$begin execute format('truncate %I', how); end$$",
                "create function harmless() returns void language sql as 'select 1 /* delete from orders */'",
                "create function after_order() returns trigger language plpgsql as"
                        + " 'begin delete from items where id = old.id; return null; end'",
                "create function calls_purge() returns trigger language plpgsql as"
                        + " 'begin perform purge_log(); return old; end'",
                "create function soft() returns trigger language plpgsql as"
                        + " 'begin update orders set note = null where id = old.id; return new; end'",
                "create function perhaps() returns trigger language plpgsql as"
                        + " 'begin if old.id > 3 then return null; end if; return old; end'",
                "create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'",
                "create function refuse_drop() returns event_trigger language plpgsql as"
                        + " 'begin raise exception ''no''; end'",
                "create function react() returns event_trigger language plpgsql as 'begin truncate log; end'");
        if (major >= 14) {
            shop.run("create function standard() returns void language sql begin atomic"
                    + " delete from orders where id = 7; delete from " + IN_SQL + "; select 1; end");
        }
        if (major >= 15) {
            shop.run(
                    "create function merging() returns void language sql begin atomic merge into orders o using items i"
                            + " on o.id = i.id when matched then delete when not matched then do nothing; end");
        }
        return shop;
    }

    private static Database triggers(Database shop) throws Exception {
        return shop.run(
                "create trigger t_after after delete on orders for each row execute function after_order()",
                "create trigger t_calls after insert on orders for each row execute function calls_purge()",
                "create trigger t_soft before delete on orders for each row execute function soft()",
                "create trigger t_when before delete on orders for each row when (old.note = 'canary')"
                        + " execute function soft('canary')",
                "create trigger t_maybe before delete or update on orders for each row execute function perhaps()",
                "create trigger t_lo before update or delete on orders for each row execute function lo_manage(id)",
                "create trigger t_off before delete on items for each row execute function soft()",
                "create trigger t_replica before delete on items for each row execute function soft()",
                "create trigger t_always before delete on items for each row execute function soft()",
                "create trigger t_trunc before truncate on items execute function refuse()",
                "alter table items disable trigger t_off",
                "alter table items enable replica trigger t_replica",
                "alter table items enable always trigger t_always",
                "create trigger t_view instead of delete on seen for each row execute function perhaps()",
                "create trigger " + IN_SQL + " after delete on " + IN_SQL
                        + " for each row execute function after_order()",
                "create event trigger e_refuse on sql_drop execute function refuse_drop()",
                "alter event trigger e_refuse disable",
                "create event trigger e_react on sql_drop when tag in ('DROP VIEW') execute function react()");
    }

    private static Database rules(Database shop) throws Exception {
        return shop.run(
                "create rule r_nothing as on delete to guarded do instead nothing",
                "create rule r_when as on delete to log where old.id > 7 do instead nothing",
                "create rule r_also as on update to items do also (delete from orders where note = 'canary';"
                        + " with d as (delete from " + IN_SQL + " returning *) insert into log(id) select 1 from d)",
                "create rule r_soft as on delete to " + IN_SQL + " do instead update log set id = 0",
                "create rule r_insert as on insert to guarded do also insert into log values (1)");
    }

    private static Database policies(Database shop) throws Exception {
        return shop.run(
                "alter table guarded enable row level security",
                "create policy p_hides on guarded for select using (id > 7)",
                "create policy p_keeps on guarded as restrictive for delete to postgres using (id < 3)",
                "create policy p_open on guarded using (true)",
                "create policy p_insert on guarded for insert with check (id > 1)",
                "create policy p_all on log using (id in (select id from orders))");
    }

    private static String line(StoredItem item) {
        String where = item.table()
                .map(t -> t.name().equals(HOSTILE) ? "hostile " : t.name() + " ")
                .orElse("");
        String name = item.name().equals(HOSTILE) ? "hostile" : item.name();
        return item.kind() + " " + where + name + " " + item.effect() + (item.certain() ? "" : " perhaps")
                + (item.enabled() ? "" : " off");
    }

    private static List<String> expected(int major) {
        List<String> lines = new ArrayList<>(List.of(
                "TRIGGER hostile hostile REMOVES",
                "TRIGGER items t_always PREVENTS",
                "TRIGGER items t_off PREVENTS off",
                "TRIGGER items t_replica PREVENTS off",
                "TRIGGER items t_trunc PREVENTS",
                "TRIGGER orders t_after REMOVES",
                "TRIGGER orders t_calls REMOVES",
                "TRIGGER orders t_maybe PREVENTS perhaps",
                "TRIGGER orders t_soft PREVENTS",
                "TRIGGER orders t_when PREVENTS perhaps",
                "TRIGGER seen t_view PREVENTS",
                "RULE hostile r_soft PREVENTS",
                "RULE guarded r_nothing PREVENTS",
                "RULE items r_also REMOVES",
                "RULE log r_when PREVENTS perhaps",
                "POLICY guarded p_hides HIDES",
                "POLICY guarded p_keeps PREVENTS",
                "POLICY log p_all HIDES off",
                "EVENT_TRIGGER e_react REMOVES perhaps",
                "EVENT_TRIGGER e_refuse PREVENTS off",
                "ROUTINE public.foreign_purge() REMOVES"));
        if (major >= 15) {
            lines.add("ROUTINE public.merging() REMOVES");
        }
        lines.addAll(List.of("ROUTINE public.purge_log() REMOVES", "ROUTINE public.purge_log(how text) REMOVES"));
        if (major >= 14) {
            lines.add("ROUTINE public.standard() REMOVES");
        }
        return lines;
    }

    private static StoredItem item(StoredCode code, String name) {
        return code.items().stream()
                .filter(i -> i.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> statements(StoredItem item) {
        return item.destructive().stream().map(DestructiveStatement::toString).toList();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void all_that_deletes_hides_or_prevents_is_found_without_waiting_for_a_lock(int major) throws Exception {
        Database shop = shop(major);
        String plain = shop.name() + "_plain";
        shop.run("create role " + plain + " login");
        Notebook notebook = Notebook.on("orders");
        try (var connection = shop.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table orders, items, log, guarded in access exclusive mode");

            StoredCode code =
                    Postgres.at(shop.bareUrl(), plain, "").storedCode().examine(notebook);

            assertThat(code.items())
                    .extracting(StoredCodeOnEveryMajorTest::line)
                    .containsExactlyElementsOf(expected(major));
            whatTheyDestroyIsNamed(major, code);
            definitionsShowNoValues(code);
            evidenceSaysIt(code, notebook);
            assertThat(code.jobs()).isEmpty();
            assertThat(notebook.gaps).isEmpty();
            assertThat(notebook.coverage())
                    .isEqualTo(Coverage.complete("triggers, rules, policies and routines, "
                            + code.items().size() + " of which delete, hide or prevent, and 0 pg_cron jobs"));
            assertThat(shop.value("select count(*) from pg_stat_activity where state <> 'idle' and usename = '" + plain
                            + "'"))
                    .isEqualTo("0");
        }
    }

    private static void whatTheyDestroyIsNamed(int major, StoredCode code) {
        TableName hostile = TableName.of("public", HOSTILE);
        assertThat(statements(item(code, "t_after"))).containsExactly("DELETE items");
        assertThat(statements(item(code, "t_calls")))
                .as("by the routines that it may call")
                .containsExactly("DELETE log", "TRUNCATE %I");
        assertThat(item(code, "t_calls").routine()).hasValue("public.calls_purge()");
        assertThat(statements(item(code, "r_also"))).containsExactly("DELETE public.orders", "DELETE " + hostile);
        assertThat(item(code, "r_also").destructive().get(0).where().asksForAllRows())
                .isFalse();
        assertThat(item(code, "r_also").destructive().get(1).where().asksForAllRows())
                .isTrue();
        assertThat(statements(item(code, "r_soft"))).containsExactly("UPDATE NO WHERE public.log");
        assertThat(statements(item(code, "public.foreign_purge()"))).containsExactly("DELETE orders");
        assertThat(item(code, "public.purge_log(how text)").destructive().get(0).dynamic())
                .isTrue();
        if (major >= 14) {
            assertThat(statements(item(code, "public.standard()")))
                    .containsExactly("DELETE public.orders", "DELETE " + hostile);
        }
        if (major >= 15) {
            assertThat(statements(item(code, "public.merging()"))).containsExactly("MERGE DELETE public.orders");
        }
        assertThat(code.items()).allSatisfy(i -> assertThat(i.destructive()).allMatch(DestructiveStatement::deferred));
    }

    private static void definitionsShowNoValues(StoredCode code) {
        assertThat(code.items() + "").doesNotContain("canary");
        assertThat(item(code, "t_when").definition().text())
                .startsWith(
                        "CREATE TRIGGER t_when BEFORE DELETE ON public.orders FOR EACH ROW WHEN (…) EXECUTE FUNCTION"
                                + " public.soft(); begin update orders");
        assertThat(item(code, "t_trunc").definition().text())
                .startsWith("CREATE TRIGGER t_trunc BEFORE TRUNCATE ON public.items FOR EACH STATEMENT");
        assertThat(item(code, "r_nothing").definition().text())
                .isEqualTo("CREATE RULE r_nothing AS ON DELETE TO public.guarded DO INSTEAD NOTHING");
        assertThat(item(code, "p_keeps").definition().text())
                .isEqualTo("CREATE POLICY p_keeps ON public.guarded AS RESTRICTIVE FOR DELETE TO postgres USING (…)");
        assertThat(item(code, "e_react").definition().text())
                .startsWith("CREATE EVENT TRIGGER e_react ON sql_drop WHEN TAG IN (DROP VIEW) EXECUTE FUNCTION"
                        + " public.react(); begin truncate log");
    }

    private static void evidenceSaysIt(StoredCode code, Notebook notebook) {
        assertThat(code.items()).allSatisfy(i -> assertThat(i.evidence()).hasSize(1));
        assertThat(notebook.summaries())
                .contains(
                        "the trigger t_after on public.orders removes rows: DELETE items",
                        "the trigger t_maybe on public.orders keeps deletions from happening: perhaps, as its code decides,"
                                + " it skips, replaces or fails them",
                        "the trigger t_off on public.items, which is not in force, keeps deletions from happening: it skips,"
                                + " replaces or fails them",
                        "the rule r_also on public.items removes rows: DELETE public.orders; DELETE "
                                + TableName.of("public", HOSTILE),
                        "the policy p_hides on public.guarded hides rows from roles that it does not let see them",
                        "the event trigger e_refuse, which is not in force, keeps DDL from happening: it fails",
                        "the routine public.foreign_purge() when it is called removes rows: DELETE orders");
        Evidence rule = notebook.evidence.stream()
                .filter(e -> item(code, "r_also").evidence().contains(e.id()))
                .findFirst()
                .orElseThrow();
        assertThat(rule.observation().tables())
                .containsExactly(TableName.of("public", "orders"), TableName.of("public", HOSTILE));
        assertThat(rule.provenance().location()).isEqualTo("pg_rewrite");
        assertThat(notebook.evidence + "").doesNotContain("canary");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_source_that_is_too_long_is_a_gap_and_its_beginning_is_read(int major) throws Exception {
        Database shop = Database.on(major)
                .run("create function long() returns void language plpgsql as 'begin delete from a; /* "
                        + "x".repeat(100_000) + " */ delete from b; end'");
        Notebook notebook = Notebook.on("a");

        StoredCode code = Postgres.at(shop.url()).storedCode().examine(notebook);

        assertThat(statements(item(code, "public.long()"))).containsExactly("DELETE a");
        assertThat(item(code, "public.long()").kind()).isEqualTo(Kind.ROUTINE);
        assertThat(notebook.gaps).singleElement().satisfies(gap -> {
            assertThat(gap.missing()).isEqualTo("the source of 1 routines is longer than what is read of it");
            assertThat(gap.remedy()).isEqualTo("read them by hand: [public.long()]");
        });
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.PARTIAL);
    }
}
