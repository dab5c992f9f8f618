package io.github.rowsleuth.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.prevention.PreventionPlan;
import io.github.rowsleuth.prevention.Recommendation;
import io.github.rowsleuth.prevention.Recommendation.Kind;
import io.github.rowsleuth.probe.DatabaseAct;
import io.github.rowsleuth.probe.ForeignKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every proposal answers a cause that was found, and says what it would have prevented. */
class PreventionPlanTest {

    private static final Instant SEEN = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant MISSED = Instant.parse("2026-03-01T06:00:00Z");
    private static final String LONG_AGO = "2025-01-01T00:00:00Z";

    private static List<Recommendation> of(Server server, String... lost) {
        CaseFile file = server.file(lost);
        return PreventionPlan.of(file, Reasoning.over(file)).recommendations();
    }

    private static List<String> told(List<Recommendation> all) {
        return all.stream().map(r -> r.kind() + " " + r.target()).toList();
    }

    private static Server truncated() {
        return new Server()
                .newFile("s.parent", 10, 0, 0, 742)
                .newFile("s.child", 50, 3, 0, 742)
                .table("s.users", 11, 0, 11)
                .key("s.child", "s.parent", ForeignKey.OnDelete.SET_NULL);
    }

    @Test
    void against_a_truncate_that_cascades_the_privilege_is_taken_back_and_no_foreign_key_changed() {
        List<Recommendation> plan = of(truncated(), "s.parent");

        assertThat(told(plan))
                .containsExactly("REVOKE_PRIVILEGE TRUNCATE on s.child", "REVOKE_PRIVILEGE TRUNCATE on s.parent");
        assertThat(plan.get(0).commands()).containsExactly("REVOKE TRUNCATE ON s.child FROM PUBLIC, …");
        assertThat(plan).allMatch(r -> r.prevents().equals("TRUNCATE s.parent CASCADE would have been refused"));
        assertThat(plan.toString()).doesNotContain("SET NULL");
    }

    @Test
    void against_a_delete_that_cascades_the_foreign_key_is_made_to_refuse() {
        Server server = new Server()
                .table("s.parent", 10, 10, 0)
                .table("s.child", 50, 50, 0)
                .key("s.child", "s.parent", ForeignKey.OnDelete.CASCADE);

        assertThat(told(of(server, "s.parent", "s.child")))
                .containsExactly(
                        "REVOKE_PRIVILEGE DELETE on s.parent", "RESTRICT_FOREIGN_KEY s.child", "SOFT_DELETE s.parent");
    }

    @Test
    void a_script_that_did_it_is_disabled_and_one_on_a_schedule_taken_off_it() {
        Server server = new Server()
                .table("s.orders", 10, 10, 0)
                .lostBetween(SEEN, MISSED)
                .answer("git", Reach.scripts(Reach.script("clean.py", LONG_AGO, "DELETE FROM s.orders")))
                .answer("automation", Reach.scheduled("clean.py", "2026-03-01T03:00:00Z"));

        assertThat(told(of(server, "s.orders")))
                .startsWith("DISABLE_SCRIPT clean.py", "REMOVE_FROM_AUTOMATION clean.py");
    }

    @Test
    void a_setting_that_rebuilds_the_schema_is_changed() {
        Server server = new Server()
                .table("s.orders", 0, 0, 0)
                .table("s.carts", 0, 0, 0)
                .lostBetween(SEEN, MISSED)
                .answer(
                        "automation",
                        Reach.acting("hibernate", DatabaseAct.Effect.RESETS_SCHEMA, "application.yml", true));

        assertThat(told(of(server, "s.orders", "s.carts")))
                .containsExactly("CHANGE_SETTING hibernate reset (application.yml:3)");
    }

    @Test
    void a_dangerous_script_that_was_no_cause_is_named_all_the_same() {
        Server server =
                truncated().answer("git", Reach.scripts(Reach.script("wipe.sql", LONG_AGO, "TRUNCATE s.users")));
        List<Recommendation> plan = of(server, "s.parent");

        assertThat(plan.get(plan.size() - 1).kind()).isEqualTo(Kind.DISABLE_SCRIPT);
        assertThat(plan.get(plan.size() - 1).target()).isEqualTo("wipe.sql");
    }

    @Test
    void where_nothing_is_lost_and_nothing_dangerous_in_reach_nothing_is_proposed() {
        assertThat(of(new Server().table("s.t", 10, 0, 10), "s.t")).isEmpty();
    }
}
