package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.examples.matrix.Decoys.Truth;
import io.github.rowsleuth.hypothesis.Cause;
import java.time.Duration;
import java.util.List;

/** A script that somebody runs by hand. */
final class ScriptVariants {

    private ScriptVariants() {}

    static List<Variant> all() {
        return List.of(
                Variant.of(Cause.MANUAL_SCRIPT, "Python that deletes from three tables", ScriptVariants::python)
                        .by("tools/wipe_demo.py")
                        .but(
                                Cell.NO_REPOSITORY,
                                Expected.unexplained("plain deletions, no log shows who, and nothing has the script")),
                Variant.of(Cause.MANUAL_SCRIPT, "Node that names its session", ScriptVariants::node)
                        .by("scripts/purge-orders.mjs")
                        .with("DELETE orders")
                        .but(Cell.NO_LOGS, Expected.unexplained("anybody can have deleted drafts of one table"))
                        .but(
                                Cell.NO_REPOSITORY,
                                Expected.act(
                                        Cause.DIRECT_STATEMENT, "the log has the statement, and nothing the script")),
                Variant.of(Cause.MANUAL_SCRIPT, "a file of SQL for psql", ScriptVariants::psql)
                        .by("ops/reset_stage.sql")
                        .with("statements of one session", "TRUNCATE carts", "DELETE sessions")
                        .but(
                                Cell.NO_REPOSITORY,
                                Expected.act(
                                        Cause.DIRECT_STATEMENT, "the log has the statements, and nothing the file")));
    }

    private static void python(Stage stage) throws Exception {
        stage.table("demo_users", 12)
                .table("demo_files", 30)
                .table("demo_votes", 55)
                .table("settings", 4)
                .decoys(Decoys.around(Truth.DELETED, "settings", "demo_users", "demo_files", "demo_votes"))
                .file("app/main.py", "def main():\n    serve()\n")
                .file("tools/wipe_demo.py", """
                        import psycopg2

                        TABLES = ["demo_users", "demo_files", "demo_votes"]

                        def main():
                            with psycopg2.connect(DSN) as connection:
                                cursor = connection.cursor()
                                for table in TABLES:
                                    cursor.execute(f"DELETE FROM {table}")

                        if __name__ == "__main__":
                            main()
                        """)
                .committed("Begin demonstrations with nothing", Duration.ofDays(40))
                .missing("demo_users", "demo_files", "demo_votes")
                .then(
                        "",
                        "begin",
                        "delete from demo_users",
                        "delete from demo_files",
                        "delete from demo_votes",
                        "commit");
    }

    private static void node(Stage stage) throws Exception {
        stage.logging("mod")
                .table("orders", 40)
                .table("customers", 9)
                .run("update orders set kind = 'draft' where id > 25")
                .decoys(Decoys.around(Truth.DELETED, "customers", "orders"))
                .file("package.json", "{ \"scripts\": { \"start\": \"node src/server.mjs\" } }\n")
                .file("src/server.mjs", "app.get('/orders', list);\n")
                .file("scripts/purge-orders.mjs", """
                        import pg from 'pg';
                        const client = new pg.Client({ application_name: 'purge-orders' });
                        await client.connect();
                        await client.query("DELETE FROM orders WHERE kind = 'draft'");
                        await client.end();
                        """)
                .committed("Purge drafts", Duration.ofDays(25))
                .missing("orders")
                .then("purge-orders", "DELETE FROM orders WHERE kind = 'draft'");
    }

    private static void psql(Stage stage) throws Exception {
        stage.logging("mod")
                .table("carts", 14)
                .table("vouchers", 21)
                .table("visits", 400)
                .table("sessions", 35)
                .table("products", 8)
                .decoys(Decoys.around(Truth.TRUNCATED, "products", "carts", "vouchers", "visits"))
                .file("ops/reset_stage.sql", """
                        -- Brings the stage back to where it was.
                        BEGIN;
                        TRUNCATE carts, vouchers, visits;
                        DELETE FROM sessions WHERE kind = 'stage';
                        COMMIT;
                        """)
                .committed("Reset the stage", Duration.ofDays(60))
                .missing("carts", "vouchers", "visits", "sessions")
                .then(
                        "psql",
                        "BEGIN",
                        "TRUNCATE carts, vouchers, visits",
                        "DELETE FROM sessions WHERE kind = 'stage'",
                        "COMMIT");
    }
}
