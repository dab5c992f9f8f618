package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.examples.matrix.Decoys.Truth;
import io.github.rowsleuth.hypothesis.Cause;
import java.time.Duration;
import java.util.List;

/** Foreign keys that take rows along. Wherever nobody knows who did it, the tables still show what was done. */
final class CascadeVariants {

    private CascadeVariants() {}

    static List<Variant> all() {
        return List.of(
                Variant.of(
                        Cause.FOREIGN_KEY_CASCADE, "customers, orders, lines, of unknown hand", CascadeVariants::shop),
                Variant.of(Cause.FOREIGN_KEY_CASCADE, "a tenant, typed into psql", CascadeVariants::tenant)
                        .with("DELETE crm.tenants"),
                Variant.of(Cause.FOREIGN_KEY_CASCADE, "partitions of readings", CascadeVariants::readings)
                        .but(
                                Cell.NO_SUPERUSER,
                                Expected.unexplained(
                                        "counters alone do not say that the one child, which was missed, lost its"
                                                + " rows when its parent did, and not by a DELETE of its own")),
                Variant.of(Cause.TRUNCATE_CASCADE, "flows behind flows, of unknown hand", CascadeVariants::flows),
                Variant.of(Cause.TRUNCATE_CASCADE, "accounts, typed into psql", CascadeVariants::accounts)
                        .with("TRUNCATE accounts"),
                Variant.of(
                        Cause.TRUNCATE_CASCADE,
                        "keys that only set null, across schemas, and work that goes on",
                        CascadeVariants::places));
    }

    private static void shop(Stage stage) throws Exception {
        stage.run(
                        "create table customers(id int primary key)",
                        "create table orders(id int primary key, customer int references customers on delete cascade)",
                        "create table lines(id int primary key, of_order int references orders on delete cascade)",
                        "create table goods(id int primary key)",
                        "insert into customers select generate_series(1, 20)",
                        "insert into orders select n, 1 + n % 20 from generate_series(1, 60) n",
                        "insert into lines select n, 1 + n % 60 from generate_series(1, 240) n",
                        "insert into goods select generate_series(1, 15)")
                .decoys(Decoys.around(Truth.DELETED, "goods", "lines", "orders", "customers"))
                .file(
                        "src/api.js",
                        "app.delete('/lines/:id', (q) => pool.query('DELETE FROM lines WHERE id = $1', [q.params.id]));\n")
                .committed("Begin", Duration.ofDays(80))
                .missing("orders", "lines")
                .then("", "delete from customers where id <= 5");
    }

    private static void tenant(Stage stage) throws Exception {
        stage.logging("mod")
                .run(
                        "create schema crm",
                        "create schema mail",
                        "create table crm.tenants(id int primary key)",
                        "create table crm.contacts(id int primary key, tenant int references crm.tenants on delete cascade)",
                        "create table crm.notes(id int primary key, contact int references crm.contacts on delete cascade)",
                        "create table mail.letters(id int primary key, tenant int references crm.tenants on delete cascade)",
                        "create table crm.tickets(id int primary key, tenant int references crm.tenants on delete cascade)",
                        "create table crm.plans(id int primary key)",
                        "insert into crm.tenants select generate_series(1, 4)",
                        "insert into crm.contacts select n, 1 + n % 4 from generate_series(1, 40) n",
                        "insert into crm.notes select n, 1 + n % 40 from generate_series(1, 120) n",
                        "insert into crm.tickets select n, 1 from generate_series(1, 25) n",
                        "insert into mail.letters select n, 1 + n % 4 from generate_series(1, 30) n",
                        "insert into crm.plans select generate_series(1, 3)")
                .decoys(Decoys.around(
                        Truth.DELETED, "crm.plans", "mail.letters", "crm.contacts", "crm.notes", "crm.tenants"))
                .file("README.md", "# Customers\n")
                .committed("Begin", Duration.ofDays(90))
                .missing("crm.contacts", "mail.letters")
                .thenRefused("psql", "DELETE FROM crm.tenant WHERE id = 3")
                .then("psql", "DELETE FROM crm.tenants WHERE id = 3");
    }

    private static void readings(Stage stage) throws Exception {
        stage.run(
                        "create table devices(id int primary key)",
                        "create table readings(id int, day date, device int references devices on delete cascade)"
                                + " partition by range (day)",
                        "create table readings_2024 partition of readings for values from ('2024-01-01') to ('2025-01-01')",
                        "create table readings_2025 partition of readings for values from ('2025-01-01') to ('2026-01-01')",
                        "create table alarms(id int primary key)",
                        "insert into devices select generate_series(1, 6)",
                        "insert into readings select n, date '2024-03-01' + (n % 600), 1 + n % 6 from generate_series(1, 300) n",
                        "insert into alarms select generate_series(1, 11)")
                .decoys(Decoys.around(Truth.DELETED, "alarms", "readings", "devices"))
                .file("README.md", "# Devices\n")
                .committed("Begin", Duration.ofDays(90))
                .missing("readings")
                .then("", "delete from devices where id in (2, 5)");
    }

    private static void flows(Stage stage) throws Exception {
        stage.run(
                        "create table states(id int primary key)",
                        "create table flows(id int primary key, state int references states on delete cascade)",
                        "create table imports(id int primary key, flow int references flows on delete cascade)",
                        "create table records(id int primary key, import int references imports)",
                        "create table people(id int primary key)",
                        "insert into states select generate_series(1, 9)",
                        "insert into flows select n, 1 + n % 9 from generate_series(1, 18) n",
                        "insert into imports select n, 1 + n % 18 from generate_series(1, 36) n",
                        "insert into records select n, 1 + n % 36 from generate_series(1, 144) n",
                        "insert into people select generate_series(1, 7)")
                .decoys(Decoys.around(Truth.TRUNCATED, "people", "records", "imports", "flows", "states"))
                .file("README.md", "# Flows\n")
                .committed("Begin", Duration.ofDays(70))
                .missing("records", "imports")
                .then("", "truncate states cascade");
    }

    private static void accounts(Stage stage) throws Exception {
        stage.logging("mod")
                .run(
                        "create table accounts(id int primary key)",
                        "create table bookings(id int primary key, account int references accounts)",
                        "create table rates(id int primary key)",
                        "insert into accounts select generate_series(1, 10)",
                        "insert into bookings select n, 1 + n % 10 from generate_series(1, 50) n",
                        "insert into rates select generate_series(1, 5)")
                .decoys(Decoys.around(Truth.TRUNCATED, "rates", "bookings", "accounts"))
                .file("README.md", "# Bank\n")
                .committed("Begin", Duration.ofDays(70))
                .missing("bookings")
                .thenRefused("psql", "TRUNCATE accounts")
                .then("psql", "TRUNCATE accounts CASCADE");
    }

    private static void places(Stage stage) throws Exception {
        stage.run(
                        "create schema geo",
                        "create schema news",
                        "create table geo.countries(id int primary key)",
                        "create table geo.regions(id int primary key, country int references geo.countries on delete set null)",
                        "create table news.items(id int primary key, region int references geo.regions on delete set null)",
                        "create table news.authors(id int primary key)",
                        "insert into geo.countries select generate_series(1, 5)",
                        "insert into geo.regions select n, 1 + n % 5 from generate_series(1, 25) n",
                        "insert into news.items select n, 1 + n % 25 from generate_series(1, 200) n",
                        "insert into news.authors select generate_series(1, 6)")
                .decoys(Decoys.around(Truth.TRUNCATED, "news.authors", "news.items", "geo.regions", "geo.countries"))
                .file("README.md", "# News\n")
                .committed("Begin", Duration.ofDays(70))
                .missing("news.items")
                .then("", "truncate geo.countries cascade")
                .then("", "insert into geo.countries values (1)")
                .then("", "insert into geo.regions values (1, 1)")
                .then("", "insert into news.items values (1, 1), (2, 1)");
    }
}
