package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.probe.Arming;
import io.github.rowsleuth.probe.Automation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArmingTest {

    private static final String WIPE = "db.execute('TRUNCATE t')";

    @TempDir
    Path folder;

    private RepositoryBuilder repository;

    @BeforeEach
    void introduce() {
        repository = RepositoryBuilder.in(folder);
        repository
                .at("2025-01-01T00:00:00Z")
                .file("ops/wipe.py", "if input('sure?') != 'yes':", "    raise SystemExit", WIPE)
                .commit("Add a script");
    }

    private List<Arming> armings() {
        repository.close();
        return Investigation.of("shop.users")
                .probes(GitRepository.at(folder))
                .run()
                .answer(Automation.class)
                .orElseThrow()
                .of("ops/wipe.py")
                .orElseThrow()
                .armings();
    }

    private static String told(Arming arming) {
        return arming.kind() + " " + arming.commit().subject() + " " + arming.file()
                + arming.line().map(l -> ":" + l).orElse("") + ": " + arming.before() + " > " + arming.after();
    }

    @Test
    void the_commit_that_put_a_script_on_a_schedule_is_told_beside_the_one_that_introduced_it() {
        repository.at("2025-02-01T00:00:00Z").file("README.md", "nothing").commit("Explain");
        repository.at("2025-03-01T00:00:00Z").file("crontab", "0 3 * * * sh ops/run.sh");
        repository.file("ops/run.sh", "python ops/wipe.py").commit("Run it every night");

        List<Arming> armings = armings();

        assertThat(armings)
                .extracting(ArmingTest::told)
                .containsExactly("SCHEDULED Run it every night crontab:1: nothing ran it > run on schedule 0 3 * * *");
        assertThat(armings.get(0).introduced().orElseThrow().subject()).isEqualTo("Add a script");
        assertThat(armings.get(0).afterIntroduction()).contains(Duration.ofDays(59));
    }

    @Test
    void the_commit_that_made_a_deployment_run_a_script_arms_it_and_one_that_only_names_it_does_not() {
        repository.at("2025-02-01T00:00:00Z").file("README.md", "Run ops/wipe.py by hand.");
        repository
                .file("Dockerfile", "FROM python", "COPY . .", "RUN chmod +x ops/wipe.py")
                .commit("Say how");
        repository.at("2025-03-01T00:00:00Z").file("Procfile", "release: python ops/wipe.py");
        repository.commit("Clean at every release");

        List<Arming> armings = armings();

        assertThat(armings)
                .extracting(ArmingTest::told)
                .containsExactly("CONNECTED Clean at every release Procfile:1: nothing ran it > run on release");
        assertThat(armings.get(0).afterIntroduction()).contains(Duration.ofDays(59));
    }

    @Test
    void a_chain_that_is_enabled_and_a_condition_that_is_taken_away_arm_a_script() {
        String[] off = {"on: push", "jobs:", "  a:", "    if: false", "    steps:", "      - run: python ops/wipe.py"};
        String[] limited = off.clone();
        limited[3] = "    if: github.ref == 'refs/heads/staging'";
        String[] always = {"on: push", "jobs:", "  a:", "    steps:", "      - run: python ops/wipe.py"};
        repository
                .at("2025-02-01T00:00:00Z")
                .file(".github/workflows/a.yml", off)
                .commit("Prepare");
        repository
                .at("2025-03-01T00:00:00Z")
                .file(".github/workflows/a.yml", limited)
                .commit("Enable");
        repository
                .at("2025-04-01T00:00:00Z")
                .file(".github/workflows/a.yml", always)
                .commit("Run everywhere");

        assertThat(armings())
                .extracting(ArmingTest::told)
                .containsExactly(
                        "CONDITION_REMOVED Run everywhere .github/workflows/a.yml:5: only if github.ref =="
                                + " 'refs/heads/staging' > without a condition",
                        "ENABLED Enable .github/workflows/a.yml:6: disabled: if: false > run on push");
    }

    @Test
    void an_exclusion_that_is_removed_arms_what_a_test_reaches() {
        repository.at("2025-02-01T00:00:00Z").file("ops/__init__.py", "");
        repository.file("ops/wipe.py", "def main():", "    " + WIPE);
        repository.file("tests/old/test_wipe.py", "from ops import wipe", "def test_wipe():", "    wipe.main()");
        repository.file("Makefile", "test:", "\tpytest");
        repository.file(".gitlab-ci.yml", "a:", "  script:", "    - make test");
        repository
                .file("pytest.ini", "[pytest]", "addopts = --ignore=tests/old")
                .commit("Leave old tests out");
        repository.at("2025-03-01T00:00:00Z").file("pytest.ini", "[pytest]").commit("Run all tests");

        assertThat(armings())
                .filteredOn(a -> a.commit().subject().equals("Run all tests"))
                .extracting(Arming::kind, Arming::file)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Arming.Kind.EXCLUSION_REMOVED, "pytest.ini"));
    }

    @Test
    void a_guard_that_is_removed_arms_a_script_that_nothing_runs() {
        repository.at("2025-02-01T00:00:00Z").file("ops/wipe.py", WIPE).commit("Do not ask");

        assertThat(armings())
                .extracting(ArmingTest::told)
                .containsExactly("GUARD_REMOVED Do not ask ops/wipe.py: asks for confirmation > no guard");
    }

    @Test
    void settings_that_point_at_a_live_database_arm_a_script_and_show_no_password() {
        repository.at("2025-02-01T00:00:00Z").file("ops/settings.py", "URL = 'postgresql://u:p@localhost/shop'");
        repository.commit("Use a local database");
        repository
                .at("2025-03-01T00:00:00Z")
                .file("ops/settings.py", "URL = 'postgresql://app:hunter2@db.example.org:5432/shop'")
                .commit("Use the shared database");

        assertThat(armings())
                .extracting(ArmingTest::told)
                .containsExactly("POINTED_AT_DATABASE Use the shared database ops/settings.py: no database that is not"
                        + " local > the database at db.example.org/shop");
    }
}
