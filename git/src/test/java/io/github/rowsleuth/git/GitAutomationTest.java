package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.AutomationReference;
import io.github.rowsleuth.probe.ScriptAutomation;
import io.github.rowsleuth.probe.ScriptAutomation.Standing;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitAutomationTest {

    @TempDir
    Path folder;

    private ScriptAutomation of(String script) {
        return findings().answer(Automation.class).orElseThrow().of(script).orElseThrow();
    }

    private Findings findings() {
        return Investigation.of("shop.users").probes(GitRepository.at(folder)).run();
    }

    private void commit(String file, String... lines) {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository.file("scripts/wipe.py", "db.execute('TRUNCATE t')").file(file, lines);
            repository.commit("Add");
        }
    }

    @Test
    void a_permission_change_and_a_document_only_mention_a_script() {
        CleanupIncident.build(folder);

        ScriptAutomation answer = of(CleanupIncident.CLEAN_UP);

        assertThat(answer.standing()).isEqualTo(Standing.MENTIONED);
        assertThat(answer.references())
                .extracting(r -> r.file() + ":" + r.line() + " " + r.executes())
                .containsExactly("backend/Dockerfile:3 false", "docs/demo.md:1 false");
        assertThat(of("backend/scripts/clean_all_demo_data_fixed.py").standing())
                .isEqualTo(Standing.NOT_FOUND);
    }

    @Test
    void coverage_lists_what_was_searched() {
        CleanupIncident.build(folder);

        assertThat(findings().outcomes())
                .filteredOn(o -> o.probe().equals("git.automation"))
                .singleElement()
                .satisfies(
                        o -> assertThat(o.notes().coverage().orElseThrow().detail())
                                .contains(
                                        "files that can run scripts (1 Dockerfiles, 2 documents; none of: compose files, workflows"));
    }

    @Test
    void a_container_that_starts_a_script_runs_it() {
        commit(
                "Dockerfile",
                "FROM x",
                "# CMD python wipe.py",
                "COPY scripts/wipe.py /app/",
                "CMD [\"python\", \"/app/wipe.py\"]");

        assertThat(of("scripts/wipe.py").standing()).isEqualTo(Standing.RUN_BY_AUTOMATION);
        assertThat(of("scripts/wipe.py").references())
                .extracting(AutomationReference::line, AutomationReference::executes, AutomationReference::trigger)
                .startsWith(org.assertj.core.groups.Tuple.tuple(4, true, "container start"))
                .hasSize(3);
    }

    @Test
    void a_workflow_on_a_schedule_runs_a_script_and_its_path_filter_does_not() {
        commit(
                ".github/workflows/nightly.yml",
                "on:",
                "  push:",
                "    paths:",
                "      - scripts/wipe.py",
                "  schedule:",
                "    - cron: '0 3 * * *'",
                "jobs:",
                "  a:",
                "    steps:",
                "      - run: |",
                "          cd scripts",
                "          PGPASSWORD=hunter2 python wipe.py --yes");

        assertThat(of("scripts/wipe.py").references())
                .extracting(AutomationReference::line, AutomationReference::executes, AutomationReference::trigger)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(12, true, "push, schedule 0 3 * * * (UTC)"),
                        org.assertj.core.groups.Tuple.tuple(4, false, "never: it is only named"));
        assertThat(of("scripts/wipe.py").references().get(0).text().text()).doesNotContain("hunter2");
    }

    @Test
    void compose_cron_make_npm_and_procfile_run_scripts() {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository.file("scripts/wipe.py", "db.execute('TRUNCATE t')");
            repository.file(
                    "compose.yml",
                    "services:",
                    "  a:",
                    "    command:",
                    "      - python",
                    "      - /app/scripts/wipe.py");
            repository.file("crontab", "0 3 * * * root /app/scripts/wipe.py");
            repository.file("Makefile", "clean:", "\t@python scripts/wipe.py");
            repository.file(
                    "package.json", "{\"scripts\": {", "  \"wipe\": \"node x.js && python scripts/wipe.py\"", "}}");
            repository.file("Procfile", "release: python scripts/wipe.py");
            repository.file(
                    "list.sh", "FILES=\"scripts/wipe.py\"", "echo python scripts/wipe.py", "cp scripts/wipe.py /tmp");
            repository.commit("Add");
        }

        assertThat(of("scripts/wipe.py").references())
                .filteredOn(AutomationReference::executes)
                .extracting(AutomationReference::trigger)
                .containsExactly("make clean", "release", "container start", "schedule 0 3 * * *", "npm run wipe");
    }

    @Test
    void a_disabled_workflow_does_not_count_as_running() {
        commit(
                ".github/workflows/a.yml.disabled",
                "on: push",
                "jobs:",
                "  a:",
                "    steps:",
                "      - run: python scripts/wipe.py");

        assertThat(of("scripts/wipe.py").standing()).isEqualTo(Standing.DISABLED);
    }
}
