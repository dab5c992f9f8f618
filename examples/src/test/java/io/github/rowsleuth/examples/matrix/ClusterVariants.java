package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.examples.matrix.Decoys.Truth;
import io.github.rowsleuth.hypothesis.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Servers that are not the one that held the rows, and backups that were put over them. */
final class ClusterVariants {

    private static final String NOBODY_TELLS =
            "a restore to a point in time and a promotion leave the same, and no table shows what came after";

    private ClusterVariants() {}

    static List<Variant> recreated() {
        return List.of(
                Variant.of(Cause.CLUSTER_RECREATED, "Django, every migration applied anew", ClusterVariants::django),
                Variant.of(Cause.CLUSTER_RECREATED, "Rails, and rows come in again", ClusterVariants::rails),
                Variant.of(Cause.CLUSTER_RECREATED, "not a single table", ClusterVariants::bare));
    }

    /** The promotion has servers of its own, which {@code restored} makes. */
    static List<Variant> restored(Promotion promotion) {
        Variant promoted = Variant.of(Cause.RESTORED_OLD_BACKUP, "a copy of the server from before", promotion::stage);
        for (Cell cell : Cell.values()) {
            promoted.but(cell, Expected.inconclusive(Cause.RESTORED_OLD_BACKUP, NOBODY_TELLS));
        }
        return List.of(
                Variant.of(Cause.RESTORED_OLD_BACKUP, "pg_restore over one table", ClusterVariants::oneTable)
                        .by("DROP TABLE public.documents")
                        .but(
                                Cell.NO_LOGS,
                                Expected.unexplained(
                                        "the table was made anew, and nothing shows from where its rows came")),
                Variant.of(Cause.RESTORED_OLD_BACKUP, "pg_restore over a schema", ClusterVariants::wholeSchema)
                        .by("DROP TABLE crm.calls")
                        .but(
                                Cell.NO_LOGS,
                                Expected.act(
                                        Cause.SCHEMA_RESET,
                                        "the schema was made anew, and nothing shows from where its rows came")),
                promoted);
    }

    private static Instant theDayBeforeYesterday() {
        return Instant.now().minus(Duration.ofDays(2));
    }

    private static void django(Stage stage) throws Exception {
        stage.run("create table django_migrations(id bigint, app varchar, name varchar, applied timestamptz)")
                .run("create table pages(id serial primary key)")
                .run(
                        "insert into django_migrations values (1, 'cms', '0001_initial', now()), (2, 'cms', '0002_clear', now())")
                .decoys(Decoys.around(Truth.DELETED, "django_migrations", "pages"))
                .file("manage.py", "import django\n")
                .file(
                        "cms/migrations/0001_initial.py",
                        "class Migration(migrations.Migration):\n    operations = [migrations.CreateModel(name=\"Page\")]\n")
                .file(
                        "cms/migrations/0002_clear.py",
                        "class Migration(migrations.Migration):\n    operations = [migrations.RunSQL(\"DELETE FROM pages\")]\n")
                .committed("Begin", Duration.ofDays(9))
                .seen(theDayBeforeYesterday())
                .missing("pages");
    }

    private static void rails(Stage stage) throws Exception {
        stage.run("create table schema_migrations(version character varying not null primary key)")
                .run("insert into schema_migrations values ('20250101000000')")
                .table("bookings", 4)
                .table("rooms", 6)
                .decoys(Decoys.around(Truth.TRUNCATED, "schema_migrations", "bookings", "rooms"))
                .file(
                        "db/migrate/20250101000000_begin.rb",
                        "class Begin < ActiveRecord::Migration[7.1]\n  def change\n    create_table :bookings\n  end\nend\n")
                .file("lib/tasks/clean.rake", "task clean: :environment do\n  Booking.delete_all\nend\n")
                .committed("Begin", Duration.ofDays(30))
                .seen(theDayBeforeYesterday())
                .missing("bookings", "rooms");
    }

    private static void bare(Stage stage) throws Exception {
        stage.decoys(Decoys.around(Truth.DROPPED, "users", "events"))
                .file("db/drop.sql", "DROP TABLE events;\n")
                .committed("Begin", Duration.ofDays(30))
                .seen(theDayBeforeYesterday())
                .missing("events");
    }

    private static void oneTable(Stage stage) throws Exception {
        stage.logging("mod")
                .table("documents", 90)
                .table("folders", 5)
                .decoys(Decoys.around(Truth.DROPPED, "folders", "documents"))
                .file("README.md", "# Documents\n")
                .committed("Begin", Duration.ofDays(50))
                .missing("documents")
                .then(
                        "pg_restore",
                        "DROP TABLE IF EXISTS public.documents",
                        "CREATE TABLE public.documents (id integer NOT NULL, kind text, note text)",
                        "INSERT INTO public.documents SELECT n, 'stage', 'old' FROM generate_series(1, 70) n",
                        "ALTER TABLE ONLY public.documents ADD CONSTRAINT documents_pkey PRIMARY KEY (id)");
    }

    private static void wholeSchema(Stage stage) throws Exception {
        stage.logging("ddl")
                .run("create schema crm")
                .table("crm.firms", 30)
                .table("crm.calls", 80)
                .table("sessions", 5)
                .decoys(Decoys.around(Truth.DROPPED, "sessions", "crm.firms", "crm.calls"))
                .file("README.md", "# Customers\n")
                .committed("Begin", Duration.ofDays(50))
                .missing("crm.firms", "crm.calls")
                .then(
                        "pg_restore",
                        "DROP TABLE IF EXISTS crm.calls",
                        "DROP TABLE IF EXISTS crm.firms",
                        "DROP SCHEMA IF EXISTS crm",
                        "CREATE SCHEMA crm",
                        "CREATE TABLE crm.firms (id integer NOT NULL)",
                        "CREATE TABLE crm.calls (id integer NOT NULL)",
                        "INSERT INTO crm.firms SELECT generate_series(1, 21)",
                        "INSERT INTO crm.calls SELECT generate_series(1, 60)");
    }
}
