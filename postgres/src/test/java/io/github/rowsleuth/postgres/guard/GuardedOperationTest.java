package io.github.rowsleuth.postgres.guard;

import static io.github.rowsleuth.postgres.guard.Shop.ALL;
import static io.github.rowsleuth.postgres.guard.Shop.FIVE_GONE;
import static io.github.rowsleuth.postgres.guard.Shop.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.watch.Sandbox;
import io.github.rowsleuth.prevention.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedOperationTest {

    @TempDir
    Path folder;

    @TempDir
    Path places;

    private int place;
    private Shop shop;

    @BeforeEach
    void open() throws Exception {
        shop = Shop.open(Sandbox.newest(), folder);
    }

    static Stream<Integer> majors() {
        return PostgresFixture.majors().stream();
    }

    private void refused(Layer layer, String words, ThrowingCallable act) throws SQLException {
        assertThatExceptionOfType(GuardException.class)
                .isThrownBy(act)
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.layer()).isEqualTo(layer));
        assertThat(shop.rows()).isEqualTo(ALL);
    }

    private List<String> journal() throws IOException {
        return Files.readAllLines(shop.journal()).stream()
                .map(line -> line.replaceFirst(".* plan [0-9a-f]{10} ", ""))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void with_all_layers_the_rows_of_the_plan_go_and_can_be_restored(int major, @TempDir Path other) throws Exception {
        Shop here = Shop.open(major, other);
        GuardedOperation operation = here.operation();
        OperationPlan plan = operation.plan();

        assertThat(plan)
                .hasToString("Plan " + plan.id() + ": DELETE FROM public.orders WHERE created <= ?\n"
                        + "  in " + here.disposable()
                        + ", counted at 2026-03-01T12:00:00Z, valid until 2026-03-01T12:15:00Z\n"
                        + "  public.orders: 5 of 100 rows deleted\n"
                        + "  public.items: 15 of 300 rows deleted by a foreign key\n"
                        + "  public.letters: 5 of 50 rows changed by a foreign key\n"
                        + "Nothing is deleted until somebody types "
                        + here.database().name() + "/public.orders/5");
        OperationOutcome outcome = operation.execute(operation.confirm(plan, plan.confirmation()));

        assertThat(here.rows()).isEqualTo(FIVE_GONE);
        assertThat(outcome.deleted()).isEqualTo(20);
        assertThat(outcome.journalled()).isTrue();
        assertThat(here.database().value("select pg_xact_status('" + outcome.transaction() + "'::xid8)"))
                .isEqualTo("committed");
        here.database().run("create schema back");
        OperationBackup.read(outcome.backup()).restoreInto(here.database().dataSource(), "back");
        here.database()
                .run(
                        "insert into orders select * from back.orders",
                        "insert into items select * from back.items",
                        "update letters l set \"order\" = b.\"order\" from back.letters b where b.id = l.id");
        assertThat(here.rows()).isEqualTo(ALL);
        assertThat(here.database().value("select note from orders where id = 3"))
                .isEqualTo("secret\t3\n\\N");
        assertThat(Files.readString(here.journal()))
                .contains("BACKED UP", "COMMITTED")
                .doesNotContain("secret");
    }

    @Test
    void the_journal_tells_of_each_step_before_the_next() throws Exception {
        Shop.run(shop.operation());

        assertThat(journal())
                .map(line -> line.replaceFirst("[ :].*", ""))
                .containsExactly("INTENDS", "BACKED", "COMMITS", "COMMITTED");
    }

    // For every way to break a layer, and every set of layers that hold but one: nothing is deleted.

    private record Way(
            Layer layer,
            UnaryOperator<ImmutableGuardSettings.Builder> planning,
            UnaryOperator<ImmutableGuardSettings.Builder> executing,
            UnaryOperator<String> typing) {
        static Way always(Layer layer, UnaryOperator<ImmutableGuardSettings.Builder> change) {
            return new Way(layer, change, change, typed -> typed);
        }

        static Way later(Layer layer, UnaryOperator<ImmutableGuardSettings.Builder> change) {
            return new Way(layer, settings -> settings, change, typed -> typed);
        }

        static Way typed(UnaryOperator<String> typing) {
            return new Way(Layer.CONFIRMATION, settings -> settings, settings -> settings, typing);
        }
    }

    private List<Way> ways() {
        DisposableDatabase here = shop.disposable();
        DisposableDatabase sameName =
                new DisposableDatabase("1" + here.systemIdentifier(), here.database(), here.marker());
        DisposableDatabase forged =
                new DisposableDatabase(here.systemIdentifier(), here.database(), here.marker() + " forged");
        Devices full = new Devices() {
            @Override
            boolean same(Path one, Path other) {
                return false;
            }

            @Override
            long free(Path place) {
                return 1;
            }
        };
        return List.of(
                Way.always(Layer.ENVIRONMENT, s -> s.disposable(List.of())),
                Way.always(Layer.ENVIRONMENT, s -> s.disposable(List.of(sameName))),
                Way.later(Layer.ENVIRONMENT, s -> s.disposable(List.of(forged))),
                Way.later(Layer.ENVIRONMENT, s -> s.source(shop.database().dataSource())),
                Way.typed(typed -> typed + " "),
                Way.typed(typed -> "yes"),
                Way.always(Layer.CONFIRMATION, s -> s.terminal(new Terminal(false, Map.of()))),
                Way.always(Layer.CONFIRMATION, s -> s.terminal(new Terminal(true, Map.of("CI", "false")))),
                Way.later(Layer.DRY_RUN, s -> s.clock(InstantSource.fixed(NOON.plus(Duration.ofMinutes(15))))),
                Way.later(Layer.DRY_RUN, s -> s.clock(InstantSource.fixed(NOON.minusSeconds(1)))),
                Way.later(Layer.BACKUP, s -> s.devices(new Devices())),
                Way.later(Layer.BACKUP, s -> s.devices(full)),
                Way.later(Layer.BACKUP, s -> s.backups(folder.resolve("missing"))),
                Way.later(Layer.JOURNAL, s -> s.journal(folder.resolve("missing/journal"))),
                Way.later(Layer.JOURNAL, s -> s.journal(folder)));
    }

    @Test
    void whatever_set_of_layers_holds_but_all_nothing_is_deleted() throws Exception {
        List<Way> ways = ways();
        int tried = 0;
        for (int subset = 0; subset < 31; subset++) {
            Set<Layer> broken = EnumSet.noneOf(Layer.class);
            for (Layer layer : Layer.values()) {
                if ((subset & 1 << List.of(Layer.values()).indexOf(layer)) == 0) {
                    broken.add(layer);
                }
            }
            for (int turn = 0; turn < 4; turn++) {
                int way = turn;
                List<Way> breaking = broken.stream()
                        .map(layer ->
                                ways.stream().filter(w -> w.layer() == layer).toList())
                        .map(of -> of.get(way % of.size()))
                        .toList();
                assertThatThrownBy(() -> attempt(breaking))
                        .as(breaking.toString())
                        .isInstanceOf(GuardException.class);
                assertThat(shop.rows()).as(breaking.toString()).isEqualTo(ALL);
                tried++;
            }
        }
        assertThat(tried).isEqualTo(124);
        attempt(List.of());
        assertThat(shop.rows()).isEqualTo(FIVE_GONE);
    }

    private void attempt(List<Way> breaking) {
        UnaryOperator<ImmutableGuardSettings.Builder> planning = s -> s;
        UnaryOperator<ImmutableGuardSettings.Builder> executing = s -> s;
        UnaryOperator<String> typing = typed -> typed;
        for (Way way : breaking) {
            UnaryOperator<ImmutableGuardSettings.Builder> p = planning;
            UnaryOperator<ImmutableGuardSettings.Builder> e = executing;
            UnaryOperator<String> t = typing;
            planning = s -> way.planning().apply(p.apply(s));
            executing = s -> way.executing().apply(e.apply(s));
            typing = typed -> way.typing().apply(t.apply(typed));
        }
        OperationPlan plan = shop.operation(planning).plan();
        OperationToken token = shop.operation(planning).confirm(plan, typing.apply(plan.confirmation()));
        shop.operation(executing).execute(token);
    }

    // Environment.

    @Test
    void a_database_without_its_marker_is_production() throws SQLException {
        shop.database().run("delete from rowsleuth_guard.disposable");
        refused(
                Layer.ENVIRONMENT,
                "does not carry its marker",
                () -> shop.operation().plan());
        shop.database().run("drop schema rowsleuth_guard cascade");
        refused(
                Layer.ENVIRONMENT,
                "does not carry its marker",
                () -> shop.operation().plan());
    }

    @Test
    void a_marker_that_came_with_a_restored_copy_marks_nothing() throws SQLException {
        shop.database().run("update rowsleuth_guard.disposable set database = 'elsewhere'");
        refused(
                Layer.ENVIRONMENT,
                "written for another database",
                () -> shop.operation().plan());
    }

    @Test
    void two_entries_for_one_database_agree_on_nothing() throws SQLException {
        DisposableDatabase other = new DisposableDatabase(
                shop.disposable().systemIdentifier(), shop.disposable().database(), "another marker for it");
        refused(
                Layer.ENVIRONMENT,
                "not on the list",
                () -> shop.operation(s -> s.addDisposable(other)).plan());
    }

    @Test
    void a_variable_can_only_deny() throws SQLException {
        refused(
                Layer.ENVIRONMENT,
                "the environment variable APP_ENV",
                () -> shop.operation(s -> s.terminal(new Terminal(true, Map.of("APP_ENV", "Production"))))
                        .plan());
        assertThat(shop.operation(s -> s.terminal(new Terminal(true, Map.of("APP_ENV", "test"))))
                        .plan()
                        .effects())
                .hasSize(3);
    }

    @Test
    void a_superuser_is_refused() throws SQLException {
        refused(
                Layer.ENVIRONMENT,
                "the role is a superuser",
                () -> shop.operation(s -> s.source(shop.database().dataSource()))
                        .plan());
    }

    @Test
    void a_pooler_between_is_noticed() throws SQLException {
        refused(
                Layer.ENVIRONMENT,
                "there is a pooler between",
                () -> shop.operation(s -> s.source(new OtherBackend(shop.clerk()).dataSource()))
                        .plan());
    }

    @Test
    void the_database_of_the_plan_is_the_only_one() throws Exception {
        Shop other = Shop.open(Sandbox.newest(), folder.resolve("other"));
        OperationPlan plan = shop.operation().plan();
        OperationToken token = shop.operation().confirm(plan, plan.confirmation());
        refused(
                Layer.ENVIRONMENT,
                "expected the database of the plan",
                () -> shop.operation(s -> s.source(other.clerk()).addDisposable(other.disposable()))
                        .execute(token));
        assertThat(other.rows()).isEqualTo(ALL);
    }

    // Confirmation.

    static Stream<UnaryOperator<String>> mistyped() {
        return Stream.of(
                typed -> typed + " ",
                typed -> " " + typed,
                typed -> typed + "\n",
                typed -> typed.replace("orders", "Orders"),
                typed -> typed.replace('o', 'о'),
                typed -> typed + "0",
                typed -> "yes",
                typed -> "y",
                typed -> "");
    }

    @ParameterizedTest
    @MethodSource("mistyped")
    void only_the_exact_words_confirm(UnaryOperator<String> typing) throws SQLException {
        OperationPlan plan = shop.operation().plan();
        refused(
                Layer.CONFIRMATION,
                "expected exactly " + plan.confirmation(),
                () -> shop.operation().confirm(plan, typing.apply(plan.confirmation())));
    }

    @Test
    void after_three_mistakes_the_plan_is_void() throws SQLException {
        OperationPlan plan = shop.operation().plan();
        for (int i = 0; i < 3; i++) {
            refused(
                    Layer.CONFIRMATION,
                    "expected exactly",
                    () -> shop.operation().confirm(plan, "no"));
        }
        refused(Layer.CONFIRMATION, "mistyped 3 times", () -> shop.operation().confirm(plan, plan.confirmation()));
    }

    @Test
    void where_nobody_sits_nothing_is_asked() throws SQLException {
        OperationPlan plan = shop.operation().plan();
        for (Terminal terminal : List.of(
                new Terminal(false, Map.of()),
                new Terminal(true, Map.of("CI", "true")),
                new Terminal(true, Map.of("BUILD_ID", "7")))) {
            GuardedOperation operation = shop.operation(s -> s.terminal(terminal));
            refused(Layer.CONFIRMATION, "a person", () -> operation.confirm(plan, plan.confirmation()));
            refused(Layer.CONFIRMATION, "a person", () -> operation.confirmAtConsole(plan));
        }
        // Surefire runs on a pipe.
        assertThat(Terminal.real().interactive()).isFalse();
        refused(Layer.CONFIRMATION, "a person", () -> shop.operation().confirmAtConsole(plan));
    }

    @Test
    void a_token_is_good_for_one_execution_of_its_own_plan() throws SQLException {
        OperationPlan plan = shop.operation().plan();
        OperationToken token = shop.operation().confirm(plan, plan.confirmation());
        refused(
                Layer.CONFIRMATION,
                "found one of another",
                () -> shop.operation("created <= 6", s -> s).execute(token));
        refused(Layer.CONFIRMATION, "found one that was", () -> shop.operation().execute(token));
        refused(
                Layer.CONFIRMATION,
                "found one of another",
                () -> shop.operation("created <=  5", s -> s).confirm(plan, plan.confirmation()));
    }

    @Test
    void an_executed_token_does_not_delete_again() throws SQLException {
        OperationPlan plan = shop.operation().plan();
        OperationToken token = shop.operation().confirm(plan, plan.confirmation());
        shop.operation().execute(token);
        assertThatThrownBy(() -> shop.operation().execute(token)).isInstanceOf(GuardException.class);
        assertThat(shop.rows()).isEqualTo(FIVE_GONE);
    }

    // Dry run.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into orders values (1001, 1, 'new')",
                "delete from items where \"order\" = 3",
                "update orders set note = 'changed' where id = 2",
                // As many rows as before, and others.
                "delete from items where id = 1; insert into items values (1, 1)",
                "insert into letters values (1001, 4)",
                "alter table letters drop constraint letters_order_fkey",
                "alter table items rename to things"
            })
    void rows_that_are_not_those_of_the_plan_are_left_alone(String meanwhile) throws Exception {
        OperationPlan plan = shop.operation().plan();
        OperationToken token = shop.operation().confirm(plan, plan.confirmation());
        shop.database().run(meanwhile);
        String before = shop.database().value("select count(*) from orders");

        assertThatExceptionOfType(GuardException.class)
                .isThrownBy(() -> shop.operation().execute(token))
                .satisfies(e -> assertThat(e.layer()).isEqualTo(Layer.DRY_RUN));
        assertThat(shop.database().value("select count(*) from orders")).isEqualTo(before);
        assertThat(journal()).last().asString().startsWith("ROLLED BACK");
    }

    @Test
    void a_trigger_or_a_rule_that_could_delete_elsewhere_is_refused_unless_known() throws Exception {
        shop.database()
                .run(
                        "create table audit(id int)",
                        "create function f() returns trigger language plpgsql as $$begin delete from audit; return old; end$$",
                        "create trigger sweeping before delete on items for each row execute function f()");
        refused(
                Layer.DRY_RUN,
                "found sweeping on public.items",
                () -> shop.operation().plan());
        assertThat(shop.operation(s -> s.addKnownTriggers("sweeping")).plan().triggers())
                .containsExactly("sweeping on public.items");

        shop.database().run("create rule r as on delete to items do also select 1");
        refused(
                Layer.DRY_RUN,
                "found r on public.items",
                () -> shop.operation(s -> s.addKnownTriggers("sweeping")).plan());
    }

    @Test
    void a_known_trigger_that_keeps_rows_makes_the_operation_roll_back() throws Exception {
        shop.database()
                .run(
                        "create function f() returns trigger language plpgsql as $$begin return null; end$$",
                        "create trigger keeping before delete on orders for each row execute function f()");
        GuardedOperation operation = shop.operation(s -> s.addKnownTriggers("keeping"));
        refused(Layer.JOURNAL, "expected 5 rows to be deleted, found 0", () -> Shop.run(operation));
    }

    @Test
    void a_known_trigger_that_deletes_more_makes_the_operation_roll_back() throws Exception {
        shop.database()
                .run(
                        "create function f() returns trigger language plpgsql security definer as"
                                + " $$begin delete from public.orders where id = 77; return null; end$$",
                        "create trigger greedy after delete on orders for each statement when (pg_trigger_depth() = 0)"
                                + " execute function f()");
        GuardedOperation operation = shop.operation(s -> s.addKnownTriggers("greedy"));
        refused(Layer.JOURNAL, "to have 5 rows less, found 6", () -> Shop.run(operation));
    }

    @Test
    void row_level_security_that_hides_rows_is_an_error_and_no_smaller_number() throws Exception {
        shop.database()
                .run("alter table orders enable row level security", "create policy new_ones on orders using (id > 3)");
        refused(
                Layer.DRY_RUN,
                "row-level security hides rows",
                () -> shop.operation().plan());
    }

    @Test
    void foreign_keys_in_a_circle_can_not_be_counted() throws Exception {
        shop.database().run("alter table orders add follows int references orders on delete cascade");
        refused(
                Layer.DRY_RUN,
                "found one through public.orders",
                () -> shop.operation().plan());
    }

    @Test
    void foreign_keys_that_delete_and_change_the_same_table_are_refused() throws Exception {
        shop.database()
                .run(
                        "alter table letters add about int references items on delete cascade",
                        "grant select, delete on letters to " + shop.role());
        refused(Layer.DRY_RUN, "found both", () -> shop.operation().plan());
    }

    @Test
    void partitions_are_deleted_through_their_table_and_inheritance_is_refused() throws Exception {
        shop.database()
                .run(
                        "create table m(id int, created int) partition by list (created)",
                        "create table m1 partition of m for values in (1)",
                        "create table m2 partition of m default",
                        "insert into m select n, n % 3 from generate_series(1, 90) n",
                        "create table mother(id int, created int)",
                        "create table child(extra int) inherits (mother)",
                        "grant select, delete on all tables in schema public to " + shop.role());

        OperationOutcome outcome = Shop.run(on("public.m", "id <= 9"));
        assertThat(outcome.effects())
                .singleElement()
                .satisfies(e -> assertThat(e.rows()).isEqualTo(9));
        assertThat(shop.database().value("select count(*) from m")).isEqualTo("81");
        refused(
                Layer.DRY_RUN,
                "inherit from it",
                () -> on("public.mother", "id = 1").plan());
        refused(
                Layer.DRY_RUN,
                "found none of that name",
                () -> on("public.nothing", "id = 1").plan());
    }

    private GuardedOperation on(String table, String condition) {
        return GuardedOperation.delete(table, condition)
                .in(shop.clerk())
                .onlyIn(shop.disposable())
                .backingUpTo(folder.resolve("backups"), folder)
                .journallingTo(shop.journal())
                .with(Shop.PERSON, Shop.TWO_DISKS);
    }

    @Test
    void values_are_bound_and_kept_out_of_the_plan() throws Exception {
        GuardedOperation operation = GuardedOperation.delete(
                        "public.orders", "created <= ? and note like ?", 2, "secret%")
                .in(shop.clerk())
                .onlyIn(shop.disposable())
                .backingUpTo(folder.resolve("backups"), folder)
                .journallingTo(shop.journal())
                .with(Shop.PERSON, Shop.TWO_DISKS);
        assertThat(operation.plan().toString())
                .contains("public.orders: 2 of 100 rows", "created <= ? and note like ?")
                .doesNotContain("secret");
        Shop.run(operation);
        assertThat(shop.rows()).isEqualTo("98 294 48");
    }

    @Test
    void too_many_rows_or_none_are_refused() throws SQLException {
        refused(
                Layer.DRY_RUN,
                "expected at most 100000 rows and 0.1 of a table, found public.orders: 11 of 100",
                () -> shop.operation("created <= 11", s -> s).plan());
        refused(
                Layer.DRY_RUN,
                "expected at most 4 rows",
                () -> shop.operation().atMost(4, 1).plan());
        refused(
                Layer.DRY_RUN,
                "found none",
                () -> shop.operation("created > 1000", s -> s).plan());
        assertThat(shop.operation("created <= 60", s -> s)
                        .atMost(1000, 1)
                        .plan()
                        .effects())
                .hasSize(3);
        assertThatThrownBy(() -> shop.operation().atMost(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shop.operation().atMost(1, 1.1)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "true", "1 = 1", "id = 1; drop table orders", "id = 1 or true; --"})
    void a_condition_that_is_none_is_refused(String condition) {
        assertThatThrownBy(() -> GuardedOperation.delete("public.orders", condition))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_table_without_schema_is_refused() {
        assertThatThrownBy(() -> GuardedOperation.delete("orders", "id = 1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("with its schema");
    }

    @Test
    void a_table_that_somebody_else_works_on_is_left_alone() throws Exception {
        OperationPlan plan = shop.operation().plan();
        OperationToken token = shop.operation().confirm(plan, plan.confirmation());
        try (Connection other = shop.database().dataSource().getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("insert into items values (5000, 50)");
            refused(Layer.JOURNAL, "state 55P03", () -> shop.operation().execute(token));
            other.rollback();
        }
    }

    // Backup.

    private void breakingIn(Step at, Consumer<Path> act, Layer layer, String words) throws SQLException {
        Path backups = places.resolve("backups " + ++place);
        assertThat(backups.toFile().mkdirs()).isTrue();
        GuardedOperation operation = shop.operation(s -> s.backups(backups).observer(step -> {
            if (step == at) {
                act.accept(only(backups));
            }
        }));
        refused(layer, words, () -> Shop.run(operation));
    }

    private static Path only(Path backups) {
        try (Stream<Path> folders = Files.list(backups)) {
            return folders.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, byte[] bytes, StandardOpenOption option) {
        try {
            Files.write(file, bytes, option);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_backup_that_was_cut_off_or_altered_is_no_backup() throws SQLException {
        breakingIn(
                Step.WRITTEN,
                b -> write(b.resolve("0.copy"), new byte[0], StandardOpenOption.TRUNCATE_EXISTING),
                Layer.BACKUP,
                "can be restored");
        breakingIn(
                Step.WRITTEN,
                b -> write(b.resolve("1.copy"), new byte[] {'9'}, StandardOpenOption.WRITE),
                Layer.BACKUP,
                "can be restored");
        breakingIn(
                Step.WRITTEN,
                b -> write(b.resolve("manifest"), new byte[0], StandardOpenOption.TRUNCATE_EXISTING),
                Layer.BACKUP,
                "can be restored");
        assertThat(Files.exists(shop.journal())).isTrue();
    }

    @Test
    void a_backup_whose_rows_are_others_than_those_to_be_deleted_is_no_backup() throws Exception {
        breakingIn(
                Step.WRITTEN,
                b -> {
                    try {
                        // As if the file had been written wrong, with a digest that fits it.
                        Path file = b.resolve("0.copy");
                        String old = PrivateFiles.sha256(file);
                        write(file, "7".getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
                        Path manifest = b.resolve("manifest");
                        Files.writeString(manifest, Files.readString(manifest).replace(old, PrivateFiles.sha256(file)));
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                Layer.BACKUP,
                "can be restored");
    }

    @Test
    void a_session_that_is_killed_while_it_backs_up_or_deletes_leaves_every_row() throws Exception {
        breakingIn(Step.WRITTEN, b -> terminate(), Layer.BACKUP, "can be restored");
        breakingIn(Step.RESTORED, b -> terminate(), Layer.JOURNAL, "nothing was deleted");
        breakingIn(Step.DELETED, b -> terminate(), Layer.JOURNAL, "nothing was deleted");
    }

    private void terminate() {
        try {
            assertThat(shop.database()
                            .value("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                    + " where usename = '" + shop.role() + "'"))
                    .isEqualTo("1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_backup_of_the_same_plan_is_not_overwritten() throws Exception {
        OperationPlan plan = shop.operation().plan();
        Files.createDirectory(folder.resolve("backups/rowsleuth-" + plan.id()));
        refused(
                Layer.BACKUP,
                "there already",
                () -> shop.operation().execute(shop.operation().confirm(plan, plan.confirmation())));
    }

    // Journal, and the end.

    @Test
    void without_a_journal_nothing_begins() throws SQLException {
        refused(Layer.JOURNAL, "found none", () -> Shop.run(shop.operation(s -> s.journal(Optional.empty()))));
        refused(Layer.JOURNAL, "can be written", () -> Shop.run(shop.operation(s -> s.journal(Path.of("/dev/full")))));
    }

    @ParameterizedTest
    @EnumSource(
            value = Step.class,
            names = {"COMMITTED", "NOTED"},
            mode = EnumSource.Mode.EXCLUDE)
    void an_interrupt_at_any_step_leaves_every_row(Step at) throws SQLException {
        GuardedOperation operation = shop.operation(s -> s.observer(step -> {
            if (step == at) {
                Thread.currentThread().interrupt();
            }
        }));
        assertThatThrownBy(() -> Shop.run(operation))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("interrupted after the step " + at);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(shop.rows()).isEqualTo(ALL);
    }

    @Test
    void a_connection_that_breaks_during_the_commit_leaves_the_outcome_to_be_found_out() throws Exception {
        GuardedOperation operation = shop.operation(s -> s.observer(step -> {
            if (step == Step.COMMITTING) {
                terminate();
            }
        }));

        OutcomeUnknownException unknown =
                catchThrowableOfType(OutcomeUnknownException.class, () -> Shop.run(operation));
        assertThat(unknown).hasMessageContaining("Do not run it again");
        String message = String.valueOf(unknown.getMessage());
        String question = message.replaceFirst("(?s).*(select pg_xact_status\\('\\d+'::xid8\\)).*", "$1");
        assertThat(shop.database().value(question)).isEqualTo("aborted");
        assertThat(shop.rows()).isEqualTo(ALL);
        assertThat(journal()).last().asString().startsWith("UNKNOWN");
    }

    @Test
    void a_commit_that_the_server_refuses_is_rolled_back() throws Exception {
        shop.database()
                .run(
                        "create table strict(id int references orders deferrable initially deferred)",
                        "insert into strict values (2)");
        refused(Layer.JOURNAL, "state 23503", () -> Shop.run(shop.operation()));
    }
}
