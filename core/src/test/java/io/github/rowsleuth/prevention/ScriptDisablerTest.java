package io.github.rowsleuth.prevention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.AutomationReference;
import io.github.rowsleuth.probe.ScriptAutomation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptDisablerTest {

    private static final String DISABLED = ".DANGEROUS_clean.py.disabled";

    @TempDir
    Path folder;

    private Path root;
    private Path script;

    @BeforeEach
    void stage() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("app"));
        script = write("clean.py", "#!/bin/sh\necho gone\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setLastModifiedTime(script, FileTime.from(Instant.parse("2025-07-01T10:00:00Z")));
    }

    private Path write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private ScriptDisabler disabler() {
        return ScriptDisabler.in(root.toString());
    }

    private Path disable() throws IOException {
        DisablePlan plan = disabler().plan("clean.py");
        return disabler().disable(plan, plan.id());
    }

    /** Everything that undoing must bring back: names, contents, permissions, times. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                tree.put(
                        root.relativize(file).toString(),
                        Files.readString(file)
                                + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                                + Files.getLastModifiedTime(file));
            }
        }
        return tree;
    }

    @Test
    void a_plan_changes_nothing_and_shows_what_would_break() throws IOException {
        write("Makefile", "clean:\n\tpython clean.py --all\n");
        write("deploy/docker-compose.yml", "command: [python, ./clean.py]\n");
        write("docs/other.md", "see my_clean.py, clean.pyc and clean.python\n");
        write(".git/config", "clean.py\n");
        Map<String, String> before = tree();

        DisablePlan plan = disabler().plan("clean.py");

        assertThat(tree()).isEqualTo(before);
        assertThat(plan.callers())
                .containsExactly(
                        "Makefile:2: python clean.py --all",
                        "deploy/docker-compose.yml:1: command: [python, ./clean.py]");
        assertThat(plan)
                .hasToString(
                        "Plan " + plan.id() + ": disable 1 script in " + root + "\n"
                                + "  clean.py → .DANGEROUS_clean.py.disabled (rwxr-x--x, execute bits go)\n"
                                + "    will break: Makefile:2: python clean.py --all\n"
                                + "    will break: deploy/docker-compose.yml:1: command: [python, ./clean.py]\n"
                                + "Running processes are not stopped. Nothing is changed until this plan is confirmed with its id.");
    }

    @Test
    void callers_that_an_investigation_found_are_named_too() throws IOException {
        Automation automation = new Automation(List.of(new ScriptAutomation(
                "clean.py",
                ScriptAutomation.Standing.RUN_BY_AUTOMATION,
                List.of(new AutomationReference(
                        "/etc/crontab",
                        7,
                        true,
                        "schedule",
                        Excerpt.ofHarmless("0 3 * * * clean.py"),
                        new EvidenceId("git.automation#1"))))));

        assertThat(disabler().knowing(automation).plan("clean.py").callers())
                .containsExactly("/etc/crontab:7: 0 3 * * * clean.py");
    }

    @Test
    void a_disabled_script_keeps_its_content_and_can_not_be_executed() throws Exception {
        disable();

        assertThat(script).doesNotExist();
        assertThat(root.resolve(DISABLED)).hasContent("#!/bin/sh\necho gone\n");
        assertThat(Files.getPosixFilePermissions(root.resolve(DISABLED)))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> new ProcessBuilder(root.resolve(DISABLED).toString()).start())
                .isInstanceOf(IOException.class);
    }

    @Test
    void undoing_brings_back_exactly_what_was_there() throws IOException {
        write("sub dir/wipe%20 ä.sql", "delete from t");
        Map<String, String> before = tree();
        DisablePlan plan = disabler().plan("clean.py", "sub dir/wipe%20 ä.sql");

        Path undo = disabler().disable(plan, plan.id());
        assertThat(tree()).isNotEqualTo(before);
        ScriptDisabler.undo(undo);

        assertThat(tree()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", " "})
    void nothing_happens_without_the_id_of_the_plan(String typed) throws IOException {
        DisablePlan plan = disabler().plan("clean.py");

        assertThatThrownBy(() -> disabler().disable(plan, typed + (typed.isBlank() ? plan.id() + typed + "x" : "")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("id of the plan");
        assertThat(script).exists();
    }

    @Test
    void a_plan_that_somebody_altered_is_not_the_plan() throws IOException {
        write("other.py", "");
        DisablePlan plan = disabler().plan("clean.py");
        DisablePlan altered = new DisablePlan(
                plan.id(), plan.root(), disabler().plan("other.py").steps());

        assertThatThrownBy(() -> disabler().disable(altered, plan.id())).isInstanceOf(RefusedException.class);
        assertThat(root.resolve("other.py")).exists();
    }

    @Test
    void a_file_that_has_the_new_name_is_never_overwritten() throws IOException {
        DisablePlan plan = disabler().plan("clean.py");
        write(DISABLED, "precious");

        assertThatThrownBy(() -> disabler().disable(plan, plan.id()))
                .hasMessageContaining("nothing is ever overwritten");
        assertThatThrownBy(() -> disabler().plan("clean.py")).hasMessageContaining("nothing is ever overwritten");
        assertThat(root.resolve(DISABLED)).hasContent("precious");
        assertThat(script).exists();
    }

    @Test
    void the_renaming_itself_does_not_overwrite_either() throws IOException {
        Path precious = write(DISABLED, "precious");

        assertThatThrownBy(() -> Renaming.rename(script, precious)).isInstanceOf(RefusedException.class);
        assertThat(precious).hasContent("precious");
        assertThat(script).exists();
    }

    @Test
    void a_script_that_has_changed_since_the_plan_is_left_alone() throws IOException {
        DisablePlan plan = disabler().plan("clean.py");
        Files.writeString(script, "#!/bin/sh\necho gone!\n");

        assertThatThrownBy(() -> disabler().disable(plan, plan.id())).hasMessageContaining("found it changed");
        assertThat(root).isDirectoryNotContaining("glob:**/.rowsleuth*").isDirectoryContaining("glob:**/clean.py");
    }

    @Test
    void links_folders_and_strangers_are_refused() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside.py"), "");
        Files.createSymbolicLink(root.resolve("link.py"), script);
        Files.createSymbolicLink(root.resolve("way"), Files.createDirectory(root.resolve("real")));
        write("real/inner.py", "");

        for (String refused : List.of(
                "link.py", "way/inner.py", "../outside.py", outside.toString(), "real", ".", "", "missing.py")) {
            assertThatThrownBy(() -> disabler().plan(refused)).as(refused).isInstanceOf(RefusedException.class);
        }
        assertThatThrownBy(() -> disabler().plan()).isInstanceOf(RefusedException.class);
    }

    @Test
    void a_script_that_became_a_link_since_the_plan_is_refused() throws IOException {
        DisablePlan plan = disabler().plan("clean.py");
        Path moved = Files.move(script, root.resolve("moved.py"));
        Files.createSymbolicLink(script, moved);

        assertThatThrownBy(() -> disabler().disable(plan, plan.id())).hasMessageContaining("symbolic links");
        assertThat(moved).exists();
    }

    @Test
    void a_name_that_would_become_too_long_is_refused() throws IOException {
        write("a".repeat(235), "");
        write("ä".repeat(118), "");

        assertThat(disabler().plan("a".repeat(235)).steps()).hasSize(1);
        assertThatThrownBy(() -> disabler().plan("ä".repeat(118))).hasMessageContaining("grow to 256 bytes");
    }

    @Test
    void a_disabled_script_is_not_disabled_again() throws IOException {
        disable();

        assertThatThrownBy(() -> disabler().plan(DISABLED)).hasMessageContaining("disabled already");
    }

    /** Root may write into any folder, but not into that of a process. */
    @Test
    void a_folder_that_can_not_be_written_refuses_and_keeps_the_script() throws IOException {
        Path readOnly = Files.createDirectory(root.resolve("readonly"));
        Path inner = Files.writeString(readOnly.resolve("inner.py"), "");
        Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
        boolean root = Files.isWritable(readOnly);
        Path from = root ? Path.of("/proc/self/status") : inner;

        assertThatThrownBy(() -> Renaming.rename(from, from.resolveSibling("other")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("read-only");
        assertThat(from).exists();
        Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A shared-memory folder is another file system; the script stays on it. */
    @Test
    void a_script_on_another_device_than_its_root_is_renamed_in_its_folder() throws IOException {
        Path memory = Path.of("/dev/shm");
        Path other = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "rowsleuth").toRealPath()
                : Files.createDirectory(root.resolve("other"));
        Path inner = Files.writeString(other.resolve("wipe.sh"), "");
        try {
            DisablePlan plan = ScriptDisabler.in(other.toString()).plan("wipe.sh");
            Path undo = ScriptDisabler.in(other.toString()).disable(plan, plan.id());
            assertThat(other.resolve(".DANGEROUS_wipe.sh.disabled")).exists();
            ScriptDisabler.undo(undo);
            assertThat(inner).exists();
        } finally {
            Files.delete(inner);
            Files.delete(other);
        }
    }

    @Test
    void other_names_of_the_same_file_are_pointed_out() throws IOException {
        Files.createLink(root.resolve("clean-too.py"), script);

        assertThat(disabler().plan("clean.py").steps().get(0).warnings())
                .containsExactly("the file has 1 more names (hard links), by which it can still be run");
    }

    @Test
    void if_one_script_can_not_be_renamed_the_others_come_back() throws IOException {
        write("b.py", "b");
        DisablePlan plan = disabler().plan("clean.py", "b.py");
        DisableStep impossible = new DisableStep(
                "b.py",
                ".DANGEROUS_b.py.disabled",
                plan.steps().get(1).sha256(),
                "not permissions",
                List.of(),
                List.of());
        DisablePlan broken =
                new DisablePlan(plan.id(), plan.root(), List.of(plan.steps().get(0), impossible));

        assertThatThrownBy(() -> disabler().disable(broken, plan.id())).isInstanceOf(RuntimeException.class);
        assertThat(tree()).containsKeys("clean.py", "b.py").doesNotContainKeys(DISABLED, ".DANGEROUS_b.py.disabled");
        assertThat(root.resolve("clean.py")).hasContent("#!/bin/sh\necho gone\n");
    }

    @Test
    void after_a_crash_in_the_middle_both_names_are_undone_to_one() throws IOException {
        Map<String, String> before = tree();
        DisablePlan plan = disabler().plan("clean.py");
        Path manifest = root.resolve(".rowsleuth-undo-x");
        UndoManifest.of(plan).write(manifest);
        Files.createLink(root.resolve(DISABLED), script);

        ScriptDisabler.undo(manifest);

        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void after_a_crash_before_anything_was_renamed_undoing_is_harmless() throws IOException {
        Map<String, String> before = tree();
        Path manifest = root.resolve(".rowsleuth-undo-x");
        UndoManifest.of(disabler().plan("clean.py")).write(manifest);

        ScriptDisabler.undo(manifest);

        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void undoing_does_not_overwrite_what_took_the_old_name() throws IOException {
        Path undo = disable();
        write("clean.py", "the new, careful one");

        assertThatThrownBy(() -> ScriptDisabler.undo(undo)).hasMessageContaining("nothing is ever overwritten");
        assertThat(script).hasContent("the new, careful one");
        assertThat(undo).exists();
    }

    @Test
    void undoing_stops_at_a_disabled_script_that_was_changed_or_removed() throws IOException {
        Path undo = disable();
        Files.writeString(root.resolve(DISABLED), "other");
        assertThatThrownBy(() -> ScriptDisabler.undo(undo)).hasMessageContaining("found it changed");

        Files.delete(root.resolve(DISABLED));
        assertThatThrownBy(() -> ScriptDisabler.undo(undo)).hasMessageContaining("found nothing");
    }

    @Test
    void a_manifest_that_is_cut_off_or_leads_outside_is_refused() throws IOException {
        Path undo = disable();
        List<String> lines = Files.readAllLines(undo);

        Files.write(undo, lines.subList(0, lines.size() - 1));
        assertThatThrownBy(() -> ScriptDisabler.undo(undo)).hasMessageContaining("whole undo manifest");
        Files.write(
                undo,
                lines.stream()
                        .map(l -> l.replace("clean.py+", "").replace("script clean.py", "script ..%2Fx"))
                        .toList());
        assertThatThrownBy(() -> ScriptDisabler.undo(undo)).hasMessageContaining("within");
    }
}
