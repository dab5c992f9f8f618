package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.postgres.fixture.PostgresFixture;
import io.github.rowsleuth.postgres.fixture.PostgresServer;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.DroppedColumn;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.SequenceState;
import io.github.rowsleuth.probe.TableColumn;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.probe.UnknownTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class ScopeDetailsOnEveryMajorTest {
    private static final String HOSTILE = "a;b\"'\n? \u202e";
    private static final String LONG = "x".repeat(63);

    static List<Integer> majors() {
        return PostgresFixture.majors();
    }

    private static TableScope table(Scope scope, String name) {
        return scope.of(TableName.parse(name)).orElseThrow(() -> new AssertionError("no " + name));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static Database shop(int major) throws Exception {
        return Database.on(major)
                .run(
                        "create schema archive",
                        "create table clients(id serial primary key, mail text unique, boss int references clients)",
                        "alter table clients rename to customers",
                        "create index customers_late on customers(mail)",
                        "create table orders(id int generated always as identity primary key, a int, b int, c int)",
                        "insert into orders(a) select generate_series(1, 100)",
                        "create table untouched(id serial)",
                        "create table begun(id serial)",
                        "insert into begun default values",
                        "truncate begun restart identity",
                        "create index status_a_idx on orders(a)",
                        "create table events(id int, at date, note text) partition by range (id)",
                        "create table events_1 partition of events for values from (0) to (10)",
                        "create table events_2 partition of events for values from (10) to (20)",
                        "alter table events detach partition events_1",
                        "create table events_7 partition of events for values from (70) to (80)",
                        "alter table events detach partition events_7",
                        "alter table events_7 set schema archive",
                        "create table narrow(id int) partition by range (id)",
                        "create table other(id int)",
                        "create table parent(id int)",
                        "create table child(extra int) inherits (parent)",
                        "create table archive.invoices(id int)",
                        "create view report as select 1 as id",
                        "create table " + quoted(HOSTILE) + "(" + quoted("c" + HOSTILE) + " serial, x int)",
                        "create table " + quoted(LONG) + "(" + quoted(LONG) + " serial primary key)",
                        "alter table " + quoted(HOSTILE) + " drop column x");
    }

    @ParameterizedTest
    @MethodSource("majors")
    void columns_are_read_of_the_incident_and_of_what_foreign_keys_connect_with_it(int major) throws Exception {
        Database shop = Database.on(major)
                .run(
                        "create table people(id int generated always as identity primary key, name varchar(40) not null,"
                                + " since date default current_date, low text generated always as (lower(name)) stored)",
                        "create table orders(person int references people, gone int, \"Net Total\" numeric(10,2))",
                        "alter table orders drop column gone",
                        "create table items(id serial)",
                        "create table order_notes(id int primary key)");

        Scope scope = shop.scope("orders");

        assertThat(table(scope, "public.orders").columns())
                .containsExactly(
                        new TableColumn("person", "integer", false, TableColumn.Filling.NOTHING),
                        new TableColumn("Net Total", "numeric(10,2)", false, TableColumn.Filling.NOTHING));
        assertThat(table(scope, "public.people").columns())
                .containsExactly(
                        new TableColumn("id", "integer", true, TableColumn.Filling.IDENTITY),
                        new TableColumn("name", "character varying(40)", true, TableColumn.Filling.NOTHING),
                        new TableColumn("since", "date", false, TableColumn.Filling.DEFAULT),
                        new TableColumn("low", "text", false, TableColumn.Filling.EXPRESSION));
        assertThat(table(scope, "public.items").columns()).isEmpty();
        assertThat(table(scope, "public.order_notes").columns()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void the_catalogs_tell_what_became_of_a_table(int major) throws Exception {
        Database shop = shop(major);
        long dropping = dropColumns(shop);
        Notebook notebook = Notebook.on("orders", "untouched", "customers", "public.events_1");

        Scope scope = Postgres.at(shop.url()).scope().examine(notebook);

        assertThat(table(scope, "public.orders").droppedColumns())
                .containsExactly(
                        new DroppedColumn(2, Optional.of(dropping), Optional.empty()),
                        new DroppedColumn(4, Optional.of(dropping), Optional.empty()));
        assertThat(table(scope, "public.events_2").partitionOf()).hasValue(TableName.parse("public.events"));
        assertThat(table(scope, "public.events_1").partitionOf()).isEmpty();
        assertThat(table(scope, "public.events_1").resemblesPartitionOf()).hasValue(TableName.parse("public.events"));
        assertThat(scope.tables().stream()
                        .filter(t -> t.resemblesPartitionOf().isPresent())
                        .map(t -> t.table().toString()))
                .as("a table of one column resembles nothing")
                .containsExactly("archive.events_7", "public.events_1");
        assertThat(table(scope, "public.child").inheritsFrom()).containsExactly(TableName.parse("public.parent"));
        assertThat(table(scope, "public.orders").accessMethod()).hasValue("heap");
        assertThat(table(scope, "public.orders").owner()).hasValue("postgres");
        assertThat(table(scope, "public.orders").tablespace()).isEmpty();
        renamedTablesAreKnown(scope);
        sequencesBetrayRows(scope);
        evidenceTellsOfIt(scope, notebook, dropping);
        assertThat(notebook.gaps).isEmpty();
        assertThat(notebook.coverage().extent()).isEqualTo(Coverage.Extent.COMPLETE);
    }

    private static long dropColumns(Database shop) throws Exception {
        try (var connection = shop.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("alter table orders drop column a, drop column c");
            try (var result = statement.executeQuery("select pg_current_xact_id()::text::bigint")) {
                result.next();
                long transaction = result.getLong(1);
                connection.commit();
                return transaction;
            }
        }
    }

    private static void renamedTablesAreKnown(Scope scope) {
        assertThat(table(scope, "public.customers").formerNames()).containsExactly("clients");
        assertThat(scope.tables().stream().filter(t -> !t.formerNames().isEmpty()))
                .hasSize(1);
    }

    private static void sequencesBetrayRows(Scope scope) {
        assertThat(table(scope, "public.orders").sequences())
                .containsExactly(new SequenceState(
                        TableName.parse("public.orders_id_seq"), "id", Optional.of(100L), 1, false, true));
        assertThat(table(scope, "public.untouched").sequences())
                .as("never called")
                .containsExactly(new SequenceState(
                        TableName.parse("public.untouched_id_seq"), "id", Optional.empty(), 1, false, true));
        assertThat(table(scope, "public.begun").sequences())
                .as("not named, but truncated")
                .containsExactly(new SequenceState(
                        TableName.parse("public.begun_id_seq"), "id", Optional.empty(), 1, true, true));
        assertThat(scope.of(TableName.of("public", HOSTILE)).orElseThrow().sequences())
                .as("neither named nor truncated")
                .singleElement()
                .satisfies(s -> {
                    assertThat(s.column()).isEqualTo("c" + HOSTILE);
                    assertThat(s.read()).isFalse();
                    assertThat(s.lastValue()).isEmpty();
                });
    }

    private static void evidenceTellsOfIt(Scope scope, Notebook notebook, long dropping) {
        assertThat(notebook.summaries())
                .anyMatch(s -> s.startsWith("public.orders has the file it was created with")
                        && s.contains("; 2 of its columns were dropped, the last in transaction " + dropping + ": ")
                        && s.endsWith("; its sequence public.orders_id_seq has counted to 100"))
                .anyMatch(s -> s.startsWith("public.events_1 ")
                        && s.contains("; has the columns of public.events, and is none of its partitions"))
                .anyMatch(s ->
                        s.startsWith("public.customers ") && s.contains(" bear the name of clients: it was renamed"))
                .contains("its " + scope.tables().size() + " tables were created in transactions "
                        + scope.creation().orElseThrow().first() + " to "
                        + scope.creation().orElseThrow().last() + ", and the next transaction is "
                        + scope.database().nextTransaction().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_table_that_is_not_there_is_looked_for_under_other_names_schemas_and_databases(int major) throws Exception {
        Database shop = shop(major);
        String app = shop.name() + "_app";
        shop.run(
                "create table archive.orders(id int)",
                "create role " + app + " login",
                "grant select on all sequences in schema public to " + app,
                "alter role " + app + " in database " + shop.name() + " set search_path = archive, \"Odd\"\"One\"");
        Notebook notebook = Notebook.on(
                "clients", "public.invoices", "\"Orders\"", "report", "public.events_7", "public.odrers", "orders");

        Scope scope = Postgres.at(shop.bareUrl(), app, "").scope().examine(notebook);

        assertThat(scope.database().searchPath()).containsExactly("archive", "Odd\"One");
        assertThat(scope.database().otherDatabases()).contains("postgres").doesNotContain(shop.name(), "template1");
        assertThat(scope.unknown())
                .extracting(u -> u.table() + " " + first(u))
                .containsExactly(
                        "clients public.customers RENAMED",
                        "public.invoices archive.invoices OTHER_SCHEMA",
                        "\"Orders\" archive.orders LETTER_CASE",
                        "report public.report VIEW",
                        "public.events_7 archive.events_7 DETACHED_PARTITION",
                        "public.odrers public.orders SIMILAR_NAME");
        assertThat(notebook.gaps).hasSize(6);
        Gap wrongSchema = notebook.gaps.get(1);
        assertThat(wrongSchema.remedy())
                .startsWith(
                        "if one of these was meant, name it: [archive.invoices] (in another schema, and what the role "
                                + app + " finds without one is archive.invoices)")
                .contains("; check that the URL leads to the right database, the server has others: postgres");
        assertThat(notebook.summaries())
                .contains(
                        "the name orders fits [archive.orders, public.orders], and the role " + app
                                + " finds archive.orders by its search_path [archive, Odd\"One]",
                        "the role " + app + " has search_path = archive, \"Odd\"\"One\" in this database");
        assertThat(table(scope, "archive.orders").onSearchPath()).isTrue();
        assertThat(table(scope, "public.orders").onSearchPath()).isFalse();
    }

    private static String first(UnknownTable unknown) {
        UnknownTable.Candidate candidate = unknown.candidates().get(0);
        return candidate.name() + " " + candidate.reason();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void row_level_security_is_told_as_it_concerns_the_examining_role(int major) throws Exception {
        Database shop = Database.on(major);
        String name = shop.name();
        shop.run(
                "create role " + name + "_owner login",
                "create role " + name + "_watch login in role pg_monitor",
                "create role " + name + "_all login bypassrls",
                "create table plain(id int)",
                "create table guarded(id serial)",
                "create table forced(id int)",
                "insert into guarded select nextval('guarded_id_seq') from generate_series(1, 5)",
                "alter table guarded owner to " + name + "_owner",
                "alter table forced owner to " + name + "_owner",
                "alter table guarded enable row level security",
                "alter table forced enable row level security",
                "alter table forced force row level security");

        assertThat(hidden(shop, "_watch")).containsExactly("forced", "guarded");
        assertThat(hidden(shop, "_owner")).containsExactly("forced");
        assertThat(hidden(shop, "_all")).isEmpty();
        assertThat(hidden(shop, "")).isEmpty();
        Notebook notebook = Notebook.on("guarded");
        Scope scope = Postgres.at(shop.bareUrl(), name + "_watch", "").scope().examine(notebook);
        assertThat(table(scope, "public.forced").rowSecurityForced()).isTrue();
        assertThat(table(scope, "public.guarded").rowSecurityForced()).isFalse();
        assertThat(table(scope, "public.guarded").sequences())
                .extracting(SequenceState::read)
                .containsExactly(false);
        assertThat(notebook.gaps)
                .extracting(Gap::remedy)
                .containsExactly("GRANT SELECT ON SEQUENCE public.guarded_id_seq TO " + name + "_watch");
        assertThat(notebook.summaries())
                .anyMatch(s -> s.startsWith("public.guarded ")
                        && s.endsWith("; row-level security hides rows from the examining role"));

        shop.run("grant select on sequence guarded_id_seq to " + name + "_watch");
        Scope granted = Postgres.at(shop.bareUrl(), name + "_watch", "").scope().examine(Notebook.on("guarded"));
        assertThat(table(granted, "public.guarded").sequences())
                .extracting(SequenceState::lastValue)
                .containsExactly(Optional.of(5L));
    }

    private static List<String> hidden(Database shop, String role) throws Exception {
        Postgres postgres =
                role.isEmpty() ? Postgres.at(shop.url()) : Postgres.at(shop.bareUrl(), shop.name() + role, "");
        return postgres.scope().examine(Notebook.on("plain")).tables().stream()
                .filter(TableScope::rowsHidden)
                .map(t -> t.table().name())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void the_identity_says_what_is_younger_than_the_rows(int major) throws Exception {
        Instant before = Instant.now().minusSeconds(2);
        Database shop = Database.on(major).run("create table a(id int)", "create table b(id int)");
        Instant seen = Instant.parse("2001-01-01T00:00:00Z");
        Notebook notebook = Notebook.on(TimeWindow.between(seen, Instant.now()), "a");

        Scope scope = Postgres.at(shop.url()).scope().examine(notebook);

        assertThat(scope.database().databaseOid())
                .hasValue(Long.valueOf(shop.value("select oid from pg_database where datname = current_database()")));
        assertThat(scope.database().databaseTransaction())
                .hasValue(Long.valueOf(shop.value("select xmin from pg_database where datname = current_database()")));
        assertThat(scope.database().databaseCreated().orElseThrow()).isBetween(before, Instant.now());
        assertThat(scope.database().databaseCreatedBefore()).isEmpty();
        assertThat(scope.database().timeline()).hasValue(1L);
        assertThat(scope.database().dataChecksums())
                .hasValue(shop.value("show data_checksums").equals("on"));
        assertThat(scope.creation().orElseThrow().tables()).isEqualTo(2);
        assertThat(scope.creation().orElseThrow().first())
                .isGreaterThan(scope.database().databaseTransaction().orElseThrow());
        assertThat(notebook.summaries())
                .anyMatch(s -> s.startsWith("initdb made the cluster ")
                        && s.endsWith(", after the rows were last there, at 2001-01-01T00:00:00Z"))
                .anyMatch(s -> s.startsWith("the directory of the database " + shop.name())
                        && s.endsWith(", after the rows were last there, at 2001-01-01T00:00:00Z"));

        shop.run("checkpoint");
        assertThat(shop.scope("a").database().databaseCreatedBefore().orElseThrow())
                .isBetween(before, Instant.now().plusSeconds(1));
        Notebook recent = Notebook.on(TimeWindow.between(Instant.now(), Instant.now()), "a");
        Postgres.at(shop.url()).scope().examine(recent);
        assertThat(recent.summaries()).noneMatch(s -> s.contains("after the rows were last there"));
    }

    @ParameterizedTest
    @ValueSource(ints = 15)
    void time_stamps_of_commits_date_the_database_its_tables_and_dropped_columns(int major) throws Exception {
        try (PostgresServer server = PostgresFixture.start(major, Map.of("track_commit_timestamp", "on"))) {
            Instant before = Instant.now();
            Database shop = Database.on(server).run("create table a(id int, b int)");
            Instant created = Instant.now();
            shop.run("alter table a drop column b");
            Notebook notebook = Notebook.on(TimeWindow.between(before.minusSeconds(60), Instant.now()), "a");

            Scope scope = Postgres.at(shop.url()).scope().examine(notebook);

            assertThat(scope.database().databaseCommitted().orElseThrow()).isBetween(before, created);
            assertThat(table(scope, "public.a").creationCommitted().orElseThrow())
                    .isBetween(scope.database().databaseCommitted().orElseThrow(), created);
            assertThat(table(scope, "public.a")
                            .droppedColumns()
                            .get(0)
                            .committed()
                            .orElseThrow())
                    .isBetween(created, Instant.now());
            assertThat(notebook.summaries())
                    .anyMatch(s -> s.startsWith("public.a ") && s.contains(", after the rows were last there, at "))
                    .anyMatch(
                            s -> s.startsWith("the database " + shop.name() + " was created or altered by transaction ")
                                    && s.contains(", after the rows were last there, at "));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = 15)
    void as_many_statements_are_asked_for_a_hundred_tables_as_for_one(int major) throws Exception {
        Database shop = Database.on(major).run("create table t_0(id serial primary key)");
        List<String> few = asked(shop);
        shop.run(IntStream.range(1, 100)
                .mapToObj(i -> "create table t_" + i + "(id serial primary key, t int references t_0)")
                .toArray(String[]::new));
        shop.run("truncate t_0 restart identity cascade");

        assertThat(asked(shop)).hasSizeGreaterThan(10).isEqualTo(few);
    }

    private static List<String> asked(Database shop) throws Exception {
        PGSimpleDataSource real = new PGSimpleDataSource();
        real.setURL(shop.url());
        ObservedDataSource observed = new ObservedDataSource(real, new ArrayList<>());
        Scope scope = Postgres.of(observed).scope().examine(Notebook.on("t_0"));
        assertThat(scope.tables()).isNotEmpty();
        return observed.statements();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void a_sequence_that_somebody_locked_is_not_waited_for(int major) throws Exception {
        Database shop = Database.on(major).run("create table a(id serial)", "create table b(id serial)");
        shop.run("insert into a default values", "insert into b default values");
        try (var connection = shop.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("alter sequence a_id_seq cache 5");
            Notebook notebook = Notebook.on("a", "b");

            Scope scope = Postgres.at(shop.url()).scope().examine(notebook);

            assertThat(table(scope, "public.a").sequences().get(0).read()).isFalse();
            assertThat(table(scope, "public.b").sequences().get(0).lastValue()).hasValue(1L);
            assertThat(notebook.gaps).isEmpty();
        }
    }
}
