package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.examples.matrix.Decoys.Truth;
import io.github.rowsleuth.hypothesis.Cause;
import java.time.Duration;
import java.util.List;

/** Rows that are missed and are all there. */
final class NoLossVariants {

    private NoLossVariants() {}

    static List<Variant> all() {
        return List.of(
                Variant.of(Cause.NOT_A_LOSS, "a DELETE that was rolled back", NoLossVariants::rolledBack),
                Variant.of(Cause.NOT_A_LOSS, "a table that was renamed", NoLossVariants::renamed),
                Variant.of(Cause.NOT_A_LOSS, "rows that a policy hides", NoLossVariants::hidden));
    }

    private static void rolledBack(Stage stage) throws Exception {
        stage.logging("mod")
                .table("members", 48)
                .table("clubs", 6)
                .decoys(Decoys.around(Truth.DELETED, "clubs", "members"))
                .file("README.md", "# Clubs\n")
                .committed("Begin", Duration.ofDays(50))
                .missing("members")
                .then("psql", "BEGIN", "DELETE FROM members", "ROLLBACK");
    }

    private static void renamed(Stage stage) throws Exception {
        stage.table("photos", 27)
                .table("albums", 6)
                .decoys(Decoys.around(Truth.DROPPED, "albums", "photos"))
                .file("README.md", "# Photos\n")
                .committed("Begin", Duration.ofDays(50))
                .missing("photos")
                .then("", "alter table photos rename to images");
    }

    private static void hidden(Stage stage) throws Exception {
        stage.table("files", 30)
                .table("owners", 6)
                .decoys(Decoys.around(Truth.DELETED, "owners", "files"))
                .file("README.md", "# Files\n")
                .committed("Begin", Duration.ofDays(50))
                .missing("files")
                .then(
                        "",
                        "grant select on files to public",
                        "alter table files enable row level security",
                        "create policy few on files using (id > 28)");
    }
}
