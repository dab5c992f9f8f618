package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.examples.matrix.Decoys.Truth;
import io.github.rowsleuth.hypothesis.Cause;
import java.time.Duration;
import java.util.List;

/** Statements that somebody typed, or a client sent. */
final class StatementVariants {

    private StatementVariants() {}

    static List<Variant> all() {
        return List.of(
                Variant.of(Cause.DIRECT_STATEMENT, "a DELETE in psql", StatementVariants::deletion)
                        .by("DELETE wishes")
                        .but(Cell.NO_LOGS, Expected.unexplained("only the log has the statement")),
                Variant.of(Cause.DIRECT_STATEMENT, "a DROP in a graphical client", StatementVariants::drop)
                        .by("DROP TABLE archive")
                        .but(Cell.NO_LOGS, Expected.unexplained("only the log has the statement")),
                Variant.of(Cause.DIRECT_STATEMENT, "a DELETE that only the statistics have", StatementVariants::counted)
                        .by("DELETE queue")
                        .but(
                                Cell.NO_SUPERUSER,
                                Expected.unexplained("the statistics hide from the role what others ran")));
    }

    private static void deletion(Stage stage) throws Exception {
        stage.logging("mod")
                .table("wishes", 50)
                .table("users", 6)
                .decoys(Decoys.around(Truth.DELETED, "users", "wishes"))
                .file("README.md", "# Wishes\n")
                .committed("Begin", Duration.ofDays(50))
                .missing("wishes")
                .thenRefused("psql", "DELETE FROM wishes WHERE user_id = 4")
                .then("psql", "DELETE FROM wishes WHERE id BETWEEN 10 AND 25");
    }

    private static void drop(Stage stage) throws Exception {
        stage.logging("ddl")
                .table("archive", 70)
                .table("current", 6)
                .decoys(Decoys.around(Truth.DROPPED, "current", "archive"))
                .file("README.md", "# Archive\n")
                .committed("Begin", Duration.ofDays(50))
                .missing("archive")
                .then("DBeaver 24.1 - SQLEditor", "DROP TABLE archive");
    }

    private static void counted(Stage stage) throws Exception {
        stage.counting()
                .table("queue", 40)
                .table("workers", 6)
                .decoys(Decoys.around(Truth.DELETED, "workers", "queue"))
                .file("README.md", "# Queue\n")
                .committed("Begin", Duration.ofDays(50))
                .missing("queue")
                .then("", "delete from queue");
    }
}
