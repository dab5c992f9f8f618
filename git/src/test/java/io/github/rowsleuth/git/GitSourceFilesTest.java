package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.imports.SourceFile;
import io.github.rowsleuth.imports.TableSources;
import io.github.rowsleuth.probe.Gap;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceFilesTest {

    private static final String HEADINGS = "id,full_name,email";

    @TempDir
    Path folder;

    private Findings run() {
        return Investigation.of("shop.customers")
                .lostBetween("2025-03-01T00:00Z", "2025-03-02T00:00Z")
                .probe(GitRepository.at(folder).sourceFiles())
                .run();
    }

    private List<SourceFile> found() {
        return run().answer(TableSources.class).orElseThrow().files();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_file_that_was_deleted_since_is_found_with_the_commit_that_brought_it() {
        ObjectId brought;
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository
                    .at("2025-01-10T08:00Z")
                    .file("data/customers.csv", HEADINGS, "1,a,b")
                    .commit("Begin");
            brought = repository
                    .at("2025-02-10T08:00Z")
                    .file("data/customers.csv", HEADINGS, "1,a,b", "2,c,d")
                    .commit("Import of February");
            repository.at("2025-02-11T08:00Z").file("other.txt", "x").commit("Something else");
            repository.at("2025-02-12T08:00Z").without("data/customers.csv").commit("Tidy up");
        }

        SourceFile file = found().get(0);

        assertThat(found()).hasSize(1);
        assertThat(file.path()).isEqualTo("data/customers.csv");
        assertThat(file.rows()).isEqualTo(2);
        assertThat(file.commit().orElseThrow().id()).isEqualTo(brought.name());
        assertThat(file.written().latest().orElseThrow()).isEqualTo("2025-02-10T08:00:00Z");
        assertThat(file.repository()).contains(folder.toAbsolutePath().toString());
        assertThat(GitRepository.at(folder)
                        .contentAt(file.path(), file.commit().get().id()))
                .isEqualTo(HEADINGS + "\n1,a,b\n2,c,d\n");
    }

    @Test
    void what_was_committed_after_the_loss_was_noticed_does_not_hide_what_was_there_before() {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository
                    .at("2025-01-10T08:00Z")
                    .file("customers.csv", HEADINGS, "1,a,b", "2,c,d")
                    .commit("Begin");
            repository
                    .at("2025-03-05T08:00Z")
                    .file("customers.csv", HEADINGS, "9,z,z")
                    .commit("After");
        }

        assertThat(found()).extracting(SourceFile::rows).containsExactly(2L);
    }

    @Test
    void other_branches_count_and_what_can_not_be_read_is_a_gap() {
        byte[] large = new byte[34 << 20];
        new Random(1).nextBytes(large);
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository.at("2025-01-10T08:00Z").file("readme.md", "x").commit("Begin");
            repository
                    .on("imports")
                    .file("seed/customers.csv", HEADINGS, "1,a,b")
                    .commit("Seed");
            repository
                    .file(
                            "lfs/customers.csv",
                            bytes("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n"))
                    .file("big/customers.csv", large)
                    .commit("More");
        }

        Findings findings = run();

        assertThat(findings.answer(TableSources.class).orElseThrow().files())
                .extracting(SourceFile::path)
                .containsExactly("seed/customers.csv");
        assertThat(findings.gaps())
                .extracting(Gap::missing)
                .anyMatch(m -> m.startsWith("2 files could not be read") && m.contains("git-lfs"));
    }
}
