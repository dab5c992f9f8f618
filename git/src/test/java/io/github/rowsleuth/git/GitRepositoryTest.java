package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.Scripts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRepositoryTest {

    private static final String[] WIPE = {"TRUNCATE shop.users;"};

    @TempDir
    Path folder;

    private Findings examine(GitRepository repository) {
        return Investigation.of("shop.users").probe(repository.scripts()).run();
    }

    private List<String> found(Path path) {
        return examine(GitRepository.at(path)).answer(Scripts.class).orElseThrow().found().stream()
                .map(Script::path)
                .toList();
    }

    private String reason(Path path) {
        ProbeOutcome<?> outcome = examine(GitRepository.at(path)).outcomes().get(0);
        assertThat(outcome.status()).isEqualTo(ProbeOutcome.Status.UNAVAILABLE);
        return outcome.reason();
    }

    private Path repository() {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder.resolve("r"))) {
            repository.file("wipe.sql", WIPE);
            repository.commit("Add");
        }
        return folder.resolve("r");
    }

    private void append(Path file, String text) throws IOException {
        Files.writeString(file, text, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
    }

    @Test
    void examining_changes_nothing_in_the_folder() throws Exception {
        CleanupIncident.build(folder);
        String before = FolderHash.of(folder);

        Investigation.of("shop.users").probes(GitRepository.at(folder)).run();

        assertThat(FolderHash.of(folder)).isEqualTo(before);
    }

    @Test
    void packed_objects_and_references_give_the_same_as_loose_ones() {
        Path path = folder.resolve("p");
        try (RepositoryBuilder repository = RepositoryBuilder.in(path)) {
            CleanupIncident.build(repository);
            List<String> lines = new ArrayList<>(List.of("TRUNCATE t;"));
            for (int i = 0; i < 30; i++) {
                lines.add("-- line " + i + " of a file that grows");
                repository.file("grows.sql", lines.toArray(String[]::new));
                repository.commit("Grow " + i);
            }
            Findings loose = Investigation.of("shop.users")
                    .probes(GitRepository.at(path))
                    .run();
            repository.pack();
            Findings packed = Investigation.of("shop.users")
                    .probes(GitRepository.at(path))
                    .run();

            assertThat(packed.answer(Scripts.class)).isEqualTo(loose.answer(Scripts.class));
            assertThat(path.resolve(".git/refs/heads/main")).doesNotExist();
            assertThat(GitRepository.at(path).contentAt("grows.sql", "HEAD~20"))
                    .contains("line 9 ")
                    .doesNotContain("line 10 ");
        }
    }

    @Test
    void a_bare_repository_and_the_git_folder_of_a_worktree_are_read() {
        try (RepositoryBuilder repository = RepositoryBuilder.bareIn(folder.resolve("bare.git"))) {
            repository.file("wipe.sql", WIPE);
            repository.commit("Add");
        }

        assertThat(found(folder.resolve("bare.git"))).containsExactly("wipe.sql");
        assertThat(found(repository().resolve(".git"))).containsExactly("wipe.sql");
    }

    @Test
    void a_linked_worktree_is_read_through_its_pointer() throws Exception {
        Path main = repository();
        Path admin = Files.createDirectories(main.resolve(".git/worktrees/w"));
        Files.writeString(admin.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(admin.resolve("commondir"), "../..\n");
        Path linked = Files.createDirectories(folder.resolve("w"));
        Files.writeString(linked.resolve(".git"), "gitdir: " + admin + "\n");

        assertThat(found(linked)).containsExactly("wipe.sql");
        assertThat(examine(GitRepository.at(linked))
                        .outcomes()
                        .get(0)
                        .notes()
                        .coverage()
                        .orElseThrow()
                        .detail())
                .contains("linked worktree");
    }

    @Test
    void objects_of_an_alternate_are_read_and_named() throws Exception {
        Path main = repository();
        Path borrower = folder.resolve("borrower");
        Files.createDirectories(borrower.resolve("objects/info"));
        Files.createDirectories(borrower.resolve("refs/heads"));
        Files.writeString(borrower.resolve("HEAD"), "ref: refs/heads/main");
        Files.writeString(borrower.resolve("objects/info/alternates"), main.resolve(".git/objects") + "\n");
        Files.copy(main.resolve(".git/refs/heads/main"), borrower.resolve("refs/heads/main"));

        assertThat(found(borrower)).containsExactly("wipe.sql");
    }

    @Test
    void a_shallow_clone_is_a_gap_and_does_not_name_a_false_beginning() throws Exception {
        Path path = folder.resolve("s");
        ObjectId cut;
        try (RepositoryBuilder repository = RepositoryBuilder.in(path)) {
            repository.file("wipe.sql", WIPE);
            ObjectId first = repository.commit("Add");
            repository.file("x.txt", "x");
            cut = repository.commit("Later");
            repository.lose(first);
        }
        Files.writeString(path.resolve(".git/shallow"), cut.name() + "\n");

        Findings findings = examine(GitRepository.at(path));

        assertThat(findings.gaps()).extracting(Gap::missing).anyMatch(m -> m.contains("shallow"));
        Script script = findings.answer(Scripts.class).orElseThrow().found().get(0);
        assertThat(script.introduced()).isEmpty();
    }

    @Test
    void files_that_the_configuration_includes_are_not_opened() throws Exception {
        Path path = repository();
        append(path.resolve(".git/config"), "[include]\n\tpath = /dev/zero\n");

        Findings findings = examine(GitRepository.at(path));

        assertThat(findings.answer(Scripts.class)).isPresent();
        assertThat(findings.gaps()).extracting(Gap::missing).anyMatch(m -> m.contains("includes"));
    }

    @Test
    void a_missing_file_is_counted_and_the_rest_is_read() throws Exception {
        Path path = folder.resolve("m");
        try (RepositoryBuilder repository = RepositoryBuilder.in(path)) {
            repository.file("lost.sql", "DROP TABLE lost;").file("wipe.sql", WIPE);
            repository.commit("Add");
            repository.lose(RepositoryBuilder.blob("DROP TABLE lost;"));
        }

        Findings findings = examine(GitRepository.at(path));

        assertThat(found(path)).containsExactly("wipe.sql");
        assertThat(findings.gaps()).extracting(Gap::missing).anyMatch(m -> m.startsWith("1 files"));
    }

    @Test
    void a_missing_commit_leaves_the_newer_history() throws Exception {
        Path path = folder.resolve("m");
        try (RepositoryBuilder repository = RepositoryBuilder.in(path)) {
            ObjectId first = repository.file("a.txt", "a").commit("First");
            repository.file("b.txt", "b").commit("Second");
            repository.file("wipe.sql", WIPE).commit("Third");
            repository.lose(first);
        }

        Findings findings = examine(GitRepository.at(path));

        assertThat(findings.gaps()).extracting(Gap::missing).anyMatch(m -> m.startsWith("1 commits"));
        Script script = findings.answer(Scripts.class).orElseThrow().found().get(0);
        assertThat(script.introduced().orElseThrow().commit().subject()).isEqualTo("Third");
    }

    @Test
    void a_damaged_pack_is_named() throws Exception {
        Path path = repository();
        Path packs = Files.createDirectories(path.resolve(".git/objects/pack"));
        Files.writeString(packs.resolve("pack-bad.idx"), "no index");
        Files.writeString(packs.resolve("pack-bad.pack"), "no pack");

        assertThat(examine(GitRepository.at(path)).gaps())
                .extracting(Gap::missing)
                .anyMatch(m -> m.contains("pack-bad.idx"));
        assertThat(found(path)).containsExactly("wipe.sql");
    }

    @Test
    void every_way_of_not_being_readable_has_its_own_words() throws Exception {
        Set<String> reasons = new HashSet<>();
        reasons.add(reason(folder.resolve("nothing")));
        reasons.add(reason(folder));
        reasons.add(reason(Files.writeString(folder.resolve("file"), "x")));
        try (RepositoryBuilder empty = RepositoryBuilder.in(folder.resolve("empty"))) {
            reasons.add(reason(empty.root()));
        }
        Path path = repository();
        Files.writeString(path.resolve(".git/HEAD"), "garbage");
        reasons.add(reason(path));
        Files.writeString(path.resolve(".git/HEAD"), "ref: refs/heads/gone");
        reasons.add(reason(path));
        Files.writeString(path.resolve(".git/refs/heads/gone"), "");
        reasons.add(reason(path));
        Files.writeString(path.resolve(".git/config"), "[extensions]\n objectFormat = sha256\n");
        reasons.add(reason(path));
        Files.writeString(path.resolve(".git/config"), "[extensions]\n refstorage = reftable\n");
        reasons.add(reason(path));

        assertThat(reasons).hasSize(9).allMatch(r -> r.startsWith("expected"));
    }

    @Test
    void a_file_is_shown_as_it_was() {
        Path path = folder.resolve("c");
        ObjectId first;
        try (RepositoryBuilder repository = RepositoryBuilder.in(path)) {
            first = repository.file("ops/wipe.sql", "one").commit("One");
            repository.file("ops/wipe.sql", "two").commit("Two");
        }
        GitRepository repository = GitRepository.at(path);

        assertThat(repository.contentAt("ops/wipe.sql", "HEAD")).isEqualTo("two\n");
        assertThat(repository.contentAt("ops/wipe.sql", first.name().substring(0, 8)))
                .isEqualTo("one\n");
        assertThat(repository.contentAt("ops/wipe.sql", "main^")).isEqualTo("one\n");
        assertThatThrownBy(() -> repository.contentAt("ops/wipes.sql", "main"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ops/wipe.sql");
        assertThatThrownBy(() -> repository.contentAt("ops/wipe.sql", "nowhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("main");
        assertThatThrownBy(() -> repository.contentAt("../../etc/passwd", "main"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void large_and_binary_files_are_skipped_and_counted() {
        Path path = folder.resolve("l");
        try (RepositoryBuilder repository = RepositoryBuilder.in(path)) {
            repository.file("dump.sql", "DELETE FROM t; ".repeat(80_000));
            repository.file("bin.sql", new byte[] {'D', 'R', 'O', 'P', 0, 1});
            repository.file("node_modules/x/wipe.sql", WIPE);
            repository.commit("Add");
        }

        assertThat(found(path)).isEmpty();
        assertThat(examine(GitRepository.at(path))
                        .outcomes()
                        .get(0)
                        .notes()
                        .coverage()
                        .orElseThrow()
                        .detail())
                .contains("1 larger than 1 MiB", "1 binary");
        assertThatThrownBy(() -> GitRepository.at(path).contentAt("dump.sql", "HEAD"))
                .isInstanceOf(IllegalStateException.class);
    }
}
