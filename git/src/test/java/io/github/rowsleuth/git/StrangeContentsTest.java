package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.Script;
import io.github.rowsleuth.probe.Scripts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and names that no ordinary repository has: each is told as what it is, and the rest is read all the same. */
class StrangeContentsTest {

    private static final String WIPE = "DELETE FROM shop.users;";

    @TempDir
    Path folder;

    private Findings examine(Consumer<RepositoryBuilder> contents) {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository.file("ops/wipe.sql", WIPE);
            contents.accept(repository);
            repository.commit("Add");
        }
        return Investigation.of("shop.users")
                .probe(GitRepository.at(folder).scripts())
                .run();
    }

    private static List<String> found(Findings findings) {
        return findings.answer(Scripts.class).orElseThrow().destructive().stream()
                .map(s -> s.path() + ":" + s.statements().get(0).line())
                .toList();
    }

    private static List<String> gaps(Findings findings) {
        return findings.gaps().stream().map(Gap::missing).toList();
    }

    private static String coverage(Findings findings) {
        ProbeOutcome<?> outcome = findings.outcomes().get(0);
        return outcome.notes().coverage().orElseThrow().detail();
    }

    @Test
    void a_pointer_of_git_lfs_is_no_script_and_a_gap() {
        Findings findings = examine(r -> r.file(
                "ops/big.sql",
                "version https://git-lfs.github.com/spec/v1",
                "oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393",
                "size 12345"));

        assertThat(found(findings)).containsExactly("ops/wipe.sql:1");
        assertThat(gaps(findings)).contains("1 files are kept elsewhere (Git LFS)");
    }

    @Test
    void a_submodule_is_not_entered_and_a_gap() {
        Findings findings =
                examine(r -> r.submodule("vendored", ObjectId.fromString("0123456789012345678901234567890123456789")));

        assertThat(found(findings)).containsExactly("ops/wipe.sql:1");
        assertThat(gaps(findings)).contains("1 submodules are not read");
    }

    @Test
    void a_byte_order_mark_and_ends_of_lines_of_windows_move_no_line() {
        Findings findings = examine(r -> r.file(
                "ops/windows.sql",
                "\uFEFF-- clean\r\n\r\nDELETE FROM shop.users;\r\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(found(findings)).containsExactly("ops/windows.sql:3", "ops/wipe.sql:1");
    }

    @Test
    void bytes_of_no_text_are_counted_as_binary() {
        Findings findings = examine(r -> r.file("ops/nothing.sql", new byte[1_000]));

        assertThat(found(findings)).containsExactly("ops/wipe.sql:1");
        assertThat(coverage(findings)).contains("not read: 1 binary");
    }

    @Test
    void bytes_that_are_not_utf_8_hide_no_statement() {
        byte[] latin = "-- f\u00fcr alle\nTRUNCATE shop.users;\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(found(examine(r -> r.file("ops/latin.sql", latin))))
                .containsExactly("ops/latin.sql:2", "ops/wipe.sql:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ops/a\u001b[2Jb.sql", "ops/a\nb.sql", "ops/a\u202eb.sql", "ops/-rf.sql", "ops/a b;$(x).sql"})
    void a_hostile_name_is_found_and_reaches_no_report_as_it_is(String name) {
        Findings findings = examine(r -> r.file(name, WIPE));

        assertThat(findings.answer(Scripts.class).orElseThrow().destructive())
                .extracting(Script::path)
                .containsExactlyInAnyOrder(name, "ops/wipe.sql");
        assertThat(findings.report().text()).doesNotContain("\u001b", "a\nb.sql", "\u202e");
    }

    @Test
    void folders_deeper_than_sixty_four_are_a_gap() {
        Findings findings = examine(r -> r.file("d/".repeat(70) + "deep.sql", WIPE));

        assertThat(found(findings)).containsExactly("ops/wipe.sql:1");
        assertThat(gaps(findings)).anyMatch(g -> g.contains("folders deeper than 64"));
    }

    @Test
    void names_that_differ_in_case_only_are_two_files() {
        assertThat(found(examine(r -> r.file("ops/WIPE.sql", WIPE))))
                .containsExactlyInAnyOrder("ops/WIPE.sql:1", "ops/wipe.sql:1");
    }

    @Test
    void a_file_without_an_end_of_line_and_an_empty_one_are_read() {
        Findings findings = examine(r ->
                r.file("ops/last.sql", WIPE.getBytes(StandardCharsets.UTF_8)).file("ops/empty.sql", new byte[0]));

        assertThat(found(findings)).containsExactly("ops/last.sql:1", "ops/wipe.sql:1");
    }
}
