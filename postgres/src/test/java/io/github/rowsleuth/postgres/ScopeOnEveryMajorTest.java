package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.ForeignKey;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableKind;
import io.github.rowsleuth.probe.TableScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScopeOnEveryMajorTest {

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static TableScope table(Scope scope, String name) {
        return scope.of(TableName.parse(name)).orElseThrow();
    }

    private static Database shop(int major) throws Exception {
        return Database.on(major)
                .run(
                        "create schema shop",
                        "create table shop.customers(id int primary key)",
                        "create table shop.orders(id int primary key, customer int references shop.customers)",
                        "create table shop.items(id int, ord int constraint belongs references shop.orders on delete cascade)",
                        "create table shop.survivors(id int)",
                        "insert into shop.customers select generate_series(1, 5)",
                        "insert into shop.survivors select generate_series(1, 5)");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void truncate_cascade_gives_all_its_tables_a_new_file_in_one_transaction(int major) throws Exception {
        Database shop = shop(major);
        Scope before = shop.scope("shop.orders");

        shop.run("truncate shop.customers cascade");

        Scope after = shop.scope("shop.orders");
        for (String name : List.of("shop.customers", "shop.orders", "shop.items")) {
            assertThat(table(before, name).newFile()).isFalse();
            assertThat(table(after, name).newFile()).isTrue();
            assertThat(table(after, name).oid()).isEqualTo(table(before, name).oid());
            assertThat(table(after, name).creationTransaction())
                    .isEqualTo(table(before, name).creationTransaction());
        }
        Optional<Long> truncation = table(after, "shop.customers").catalogTransaction();
        assertThat(truncation.orElseThrow())
                .isGreaterThan(
                        table(before, "shop.customers").catalogTransaction().orElseThrow())
                .isLessThan(after.database().nextTransaction().orElseThrow());
        assertThat(table(after, "shop.orders").catalogTransaction()).isEqualTo(truncation);
        assertThat(table(after, "shop.items").catalogTransaction()).isEqualTo(truncation);
        assertThat(table(after, "shop.survivors")).isEqualTo(table(before, "shop.survivors"));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void evidence_tells_of_the_new_file_and_where_that_stands(int major) throws Exception {
        Database shop = shop(major).run("truncate shop.orders cascade");
        Notebook notebook = Notebook.on("shop.orders");

        Scope scope = Postgres.at(shop.url()).scope().examine(notebook);

        TableScope orders = table(scope, "shop.orders");
        Evidence evidence = notebook.evidence.stream()
                .filter(e -> orders.evidence().contains(e.id()))
                .findFirst()
                .orElseThrow();
        assertThat(evidence.observation().summary())
                .startsWith("shop.orders has file " + orders.filenode() + ", was created as " + orders.oid()
                        + ": truncated or rewritten in transaction "
                        + orders.catalogTransaction().orElseThrow() + " at the latest");
        assertThat(evidence.provenance().source()).matches("postgresql://[^/@?]+:\\d+/" + shop.name());
        assertThat(evidence.provenance().location()).isEqualTo("pg_class");
        assertThat(table(scope, "shop.items").evidence())
                .as("not named, but truncated")
                .hasSize(1);
        assertThat(table(scope, "shop.survivors").evidence()).isEmpty();
        assertThat(notebook.gaps).isEmpty();
        assertThat(notebook.coverage())
                .isEqualTo(Coverage.complete("4 tables and 2 foreign keys of the database " + shop.name()));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void two_runs_over_the_same_database_are_equal(int major) throws Exception {
        Database shop = shop(major);
        Notebook first = Notebook.on("shop.orders");
        Notebook second = Notebook.on("shop.orders");

        Scope one = Postgres.at(shop.url()).scope().examine(first);
        Scope two = Postgres.at(shop.url()).scope().examine(second);

        // Autovacuum takes transaction ids in other databases of the server at any time.
        assertThat(two)
                .usingRecursiveComparison()
                .ignoringFields("database.nextTransaction")
                .isEqualTo(one);
        assertThat(withoutNextTransaction(second)).isEqualTo(withoutNextTransaction(first));
    }

    private static List<String> withoutNextTransaction(Notebook notebook) {
        return notebook.evidence.stream()
                .map(e -> e.toString().replaceAll("the next transaction is \\d+", "the next transaction"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void the_identity_says_how_old_the_cluster_is(int major) throws Exception {
        Notebook notebook = Notebook.on("shop.orders");
        Database shop = shop(major);

        Scope scope = Postgres.at(shop.url()).scope().examine(notebook);

        assertThat(scope.database().database()).isEqualTo(shop.name());
        assertThat(scope.database().major()).isEqualTo(major);
        assertThat(scope.database().version()).startsWith(major + ".").doesNotContain(" ");
        assertThat(scope.database().inRecovery()).isFalse();
        assertThat(scope.database().systemIdentifier())
                .hasValue(shop.value("select system_identifier from pg_control_system()"));
        assertThat(scope.database().clusterCreated().orElseThrow())
                .isBeforeOrEqualTo(scope.database().serverStarted().orElseThrow());
        assertThat(scope.database().nextTransaction().orElseThrow()).isPositive();
        assertThat(notebook.summaries())
                .anyMatch(s -> s.startsWith("initdb made the cluster"))
                .anyMatch(s -> s.startsWith("the directory of the database " + shop.name() + " was made"))
                .anyMatch(
                        s -> s.matches("the database " + shop.name() + " was created or altered by transaction \\d+"));
    }

    @ParameterizedTest
    @MethodSource("majors")
    void the_last_checkpoint_bounds_a_transaction_and_only_those_before_it(int major) throws Exception {
        Database shop = shop(major).run("truncate shop.orders cascade");
        Instant truncated = Instant.now();

        shop.run("checkpoint", "alter table shop.survivors add more int");
        Instant checked = Instant.now();

        Scope scope = shop.scope("shop.orders");
        assertThat(table(scope, "shop.orders").catalogCommittedBefore().orElseThrow())
                .isBetween(truncated, checked.plus(Duration.ofSeconds(1)));
        assertThat(table(scope, "shop.survivors").catalogCommittedBefore()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_transaction_that_ran_during_the_checkpoint_is_not_bounded_by_it(int major) throws Exception {
        Database shop = shop(major);
        try (var connection = shop.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("truncate shop.survivors");
            shop.run("checkpoint");
            connection.commit();
        }

        assertThat(table(shop.scope("shop.orders"), "shop.survivors").catalogCommittedBefore())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void foreign_keys_lead_to_all_that_a_cascade_reaches(int major) throws Exception {
        Scope scope = shop(major).scope("shop.orders");

        TableName customers = TableName.of("shop", "customers");
        TableName orders = TableName.of("shop", "orders");
        TableName items = TableName.of("shop", "items");
        assertThat(scope.foreignKeys().all())
                .containsExactly(
                        new ForeignKey("belongs", items, orders, ForeignKey.OnDelete.CASCADE),
                        new ForeignKey("orders_customer_fkey", orders, customers, ForeignKey.OnDelete.NO_ACTION));
        assertThat(scope.foreignKeys().truncateClosure(List.of(customers))).containsExactly(customers, items, orders);
        assertThat(scope.foreignKeys().deleteClosure(List.of(customers))).containsExactly(customers);
        assertThat(scope.foreignKeys().deleteClosure(List.of(orders))).containsExactly(items, orders);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void keys_of_partitions_are_kept_where_rows_are_and_not_repeated(int major) throws Exception {
        Scope scope = Database.on(major)
                .run(
                        "create table owner(id int primary key)",
                        "create table part(id int, owner int references owner on delete cascade) partition by range (id)",
                        "create table part_1 partition of part for values from (0) to (10)",
                        "create table target(id int primary key) partition by range (id)",
                        "create table target_1 partition of target for values from (0) to (10)",
                        "create table child(id int references target on delete set null)")
                .scope("public.part");

        assertThat(scope.foreignKeys().all())
                .extracting(key -> key.child().name() + "->" + key.parent().name() + " " + key.onDelete())
                .containsExactlyInAnyOrder(
                        "child->target SET_NULL",
                        "child->target_1 SET_NULL",
                        "part->owner CASCADE",
                        "part_1->owner CASCADE");
        assertThat(table(scope, "public.part").kind()).isEqualTo(TableKind.PARTITIONED);
        assertThat(table(scope, "public.part_1").evidence())
                .as("its parent is named")
                .hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void hidden_and_unlogged_tables_are_told_apart(int major) throws Exception {
        Scope scope = Database.on(major)
                .run(
                        "create table hidden(id int)",
                        "alter table hidden enable row level security",
                        "create unlogged table volatile(id int)",
                        "create materialized view copy as select 1 as id",
                        "create temp table scratch(id int)",
                        "create view looked_at as select 1 as id")
                .scope("public.hidden");

        assertThat(scope.tables()).extracting(t -> t.table().name()).containsExactly("copy", "hidden", "volatile");
        assertThat(table(scope, "public.hidden").rowSecurity()).isTrue();
        assertThat(table(scope, "public.volatile").logged()).isFalse();
        assertThat(table(scope, "public.copy").kind()).isEqualTo(TableKind.MATERIALIZED_VIEW);
    }

    @ParameterizedTest
    @MethodSource("majors")
    void names_made_to_do_harm_are_only_names(int major) throws Exception {
        List<String> names = List.of(
                "a;b",
                "new\nline",
                "q\"uo\"te",
                "ap'os",
                "x".repeat(63),
                "); drop table victim; --",
                "ü\u202e",
                "$1 ? ?");
        Database database = Database.on(major).run("create table victim(id int)");
        for (String name : names) {
            database.run("create table \"" + name.replace("\"", "\"\"") + "\"(id int)");
        }

        Scope scope = database.scope("public.victim");

        assertThat(scope.tables())
                .extracting(t -> t.table().name())
                .containsAll(names)
                .contains("victim");
        for (String name : names) {
            Notebook notebook = Notebook.on(TableName.of("public", name));
            Postgres.at(database.url()).scope().examine(notebook);
            assertThat(notebook.gaps).as(name).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_role_without_privileges_sees_as_much(int major) throws Exception {
        Database shop = shop(major).run("truncate shop.orders cascade");
        String role = shop.name() + "_weak";
        shop.run("create role " + role + " login");
        Notebook notebook = Notebook.on("shop.orders");

        Scope scope = Postgres.at(shop.bareUrl(), role, "").scope().examine(notebook);

        Scope all = shop.scope("shop.orders");
        assertThat(scope)
                .usingRecursiveComparison()
                .ignoringFields("tables", "database.databaseCreated", "database.searchPath")
                .isEqualTo(all);
        assertThat(all.database().databaseCreated()).isPresent();
        assertThat(scope.database().databaseCreated()).isEmpty();
        assertThat(scope.database().searchPath()).containsExactly(role, "public");
        assertThat(scope.tables())
                .extracting(TableScope::filenode)
                .doesNotContain(0L)
                .hasSize(4);
        assertThat(notebook.gaps).isEmpty();
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.COMPLETE);
    }
}
