package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.git.automation.AutomationSurvey;
import io.github.rowsleuth.git.automation.tree.RepositoryTree;
import io.github.rowsleuth.git.automation.tree.TreeFile;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.ScriptAutomation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are broken by accident or made to do harm; beside each a sound crontab still gives its answer. */
class MalformedAutomationTest {

    private static final int MANY = 20_000;

    @TempDir
    Path folder;

    /** The file, its text, and whether it can not be read as what its name says, so that a gap must tell it. */
    record Broken(String path, String text, boolean told) {
        @Override
        public String toString() {
            return path + " " + text.substring(0, Math.min(20, text.length())).replace('\n', ' ');
        }
    }

    static Stream<Broken> broken() {
        String bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
                + Stream.iterate('a', c -> (char) (c + 1))
                        .limit(12)
                        .map(c -> (char) (c + 1) + ": &" + (char) (c + 1) + " [" + ("*" + c + ",").repeat(8) + "*" + c
                                + "]\n")
                        .reduce("", String::concat);
        String merges = "a: &a {k: v}\n" + "b: &b\n  <<: [" + "*a,".repeat(400) + "*a]\n";
        return Stream.of(
                new Broken("docker-compose.yml", bomb, true),
                new Broken(".github/workflows/bomb.yml", bomb, true),
                new Broken("compose.yml", merges + "services: *b\n", false),
                new Broken("compose.yaml", "services: &s\n  a: *s\n", false),
                new Broken("docker-compose.dev.yml", "services:\n  a:\n    command: [", true),
                new Broken("docker-compose.a.yml", "\t- x: {", true),
                new Broken("docker-compose.b.yml", "services: 3\n", false),
                new Broken("docker-compose.c.yml", "services:\n  a:\n    extends: {service: a}\n", false),
                new Broken("docker-compose.d.yml", "[".repeat(MANY), true),
                new Broken("docker-compose.e.yml", "a:\n" + " ".repeat(MANY) + "b: 1", false),
                new Broken("docker-compose.f.yml", "\0\1\2", true),
                new Broken("docker-compose.g.yml", "a: \"\\x", true),
                new Broken(
                        ".github/workflows/self.yml",
                        "on: push\njobs:\n  a:\n    uses: ./.github/workflows/self.yml\n",
                        false),
                new Broken(".github/workflows/list.yml", "- a\n- b\n", false),
                new Broken(".github/workflows/no.yml", "on: {push: {branches: {x: [y}}", true),
                new Broken(".gitlab-ci.yml", "a:\n  extends: b\nb:\n  extends: a\n  script: x\n", false),
                new Broken(".gitlab-ci.yml", "include:\n  - local: .gitlab-ci.yml\n", false),
                new Broken(".gitlab-ci.yml", "a:\n  script:\n    - !reference [a, script]\n", false),
                new Broken(".gitlab-ci.yml", "%TAG ! tag:x\n%YAML 9.9\n---\na: b\n...\n...", true),
                new Broken("package.json", "{\"scripts\": {\"a\": \"npm run b\", \"b\": \"npm run a\"}}", false),
                new Broken("package.json", "{\"scripts\": {\"a\": ", true),
                new Broken("package.json", "", true),
                new Broken("package.json", "{\"a\":".repeat(MANY), true),
                new Broken("package.json", "{\"scripts\": [1, null, {}]}", false),
                new Broken("package.json", "\"" + "x".repeat((1 << 20) - 10) + "\"", false),
                new Broken("railway.json", "{]", true),
                new Broken("railway.toml", "[deploy\nstartCommand = \"\"\"x", false),
                new Broken("fly.toml", "a = " + "[".repeat(MANY), true),
                new Broken("fly.toml", "[a.b.c]\na = {b = {c = ", false),
                new Broken("Dockerfile", "FROM\nRUN\nCMD\nCOPY\nENTRYPOINT [\n", false),
                new Broken("Dockerfile", "RUN <<EOF\nnever ends", false),
                new Broken("Dockerfile", "RUN a \\\n".repeat(MANY), false),
                new Broken(
                        "Dockerfile",
                        "FROM ${A:-${B:-${C}}}\nCOPY --from=0 ../../../etc /\nWORKDIR ../../..\nCMD x",
                        false),
                new Broken("etc/cron.d/x", "* * * *\n99 99 99 99 99 x\n@never x\n* * * * *\n", false),
                new Broken("etc/cron.d/y", "* ".repeat(MANY), false),
                new Broken("etc/cron.d/z", "1-".repeat(MANY) + " x", false),
                new Broken("run.sh", "((((((((".repeat(MANY / 8), false),
                new Broken("entrypoint.sh", "if then else fi while do done case esac ;; $( ` \" '", false),
                new Broken("entrypoint.sh", "cat <<'A' <<B <<-C\n", false),
                new Broken("entrypoint.sh", "$(".repeat(5_000), false),
                new Broken("entrypoint.sh", "a=$a$a; b=$a$a$a$a; ".repeat(1_000), false),
                new Broken("entrypoint.sh", "f() { f; }; f\nsource entrypoint.sh\n./entrypoint.sh", false),
                new Broken("Makefile", "a: b\nb: a\ninclude Makefile\nX = $(X)$(X)\n$(X): ; $(X)", false),
                new Broken("Makefile", "ifeq\nendif\nendif\n\trecipe of nothing\n" + "a".repeat(100_000) + ":", false),
                new Broken("Jenkinsfile", "pipeline { ".repeat(5_000) + "sh '''", false),
                new Broken("ecosystem.config.js", "module.exports = {apps: [{script: `${", true),
                new Broken("Procfile", ":::\nweb\nweb:\n", false),
                new Broken("k8s/a.yaml", "apiVersion: v1\nkind: CronJob\nspec: [1, {jobTemplate: }]\n", false),
                new Broken("deploy/a.timer", "[Timer\nOnCalendar=\n=\n", false),
                new Broken("main.tf", "resource \"a\" {".repeat(3_000), false),
                new Broken("app.py", "def f(:\n  import\nfrom . import *\nsubprocess.run([", false),
                new Broken("app.py", "(".repeat(MANY), false));
    }

    private static AutomationSurvey survey(Map<String, String> files) throws InterruptedException {
        RepositoryTree tree = new RepositoryTree(
                files.keySet().stream().map(p -> new TreeFile(p, p)).toList(),
                f -> Optional.ofNullable(files.get(f.path())));
        return AutomationSurvey.of(tree, Set.of("wipe.py"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void a_broken_file_is_survived_and_the_others_are_read_all_the_same(Broken broken) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(broken.path, broken.text);
        files.put("wipe.py", "db.execute('TRUNCATE t')\n");
        files.put("crontab", "0 3 * * * python wipe.py\n");
        files.put("Caddyfile", "x");
        files.put("start/Dockerfile", "COPY . .\nCMD [\"sh\", \"run.sh\"]\n");

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            AutomationSurvey survey = survey(files);

            assertThat(survey.graph().starts())
                    .anyMatch(s -> s.trigger().detail().equals("schedule 0 3 * * *"));
            assertThat(survey.graph().gaps().stream()
                            .filter(g -> g.file().equals(broken.path))
                            .map(g -> g.kind().name()))
                    .satisfies(kinds ->
                            assertThat(List.copyOf(kinds).contains("MALFORMED")).isEqualTo(broken.told));
        });
    }

    @Test
    void lines_of_a_hundred_megabytes_are_told_and_not_read() {
        byte[] line = "x ".repeat(50 << 20).getBytes(StandardCharsets.UTF_8);
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            repository
                    .file("Dockerfile", line)
                    .file("docker-compose.yml", line)
                    .file("wipe.py", "db.execute('TRUNCATE t')")
                    .file("crontab", "0 3 * * * python wipe.py")
                    .commit("Add");
        }

        Findings findings =
                Investigation.of("shop.users").probes(GitRepository.at(folder)).run();

        assertThat(findings.answer(Automation.class)
                        .orElseThrow()
                        .of("wipe.py")
                        .orElseThrow()
                        .standing())
                .isEqualTo(ScriptAutomation.Standing.RUN_BY_AUTOMATION);
        assertThat(findings.outcomes())
                .filteredOn(o -> o.probe().equals("git.automation"))
                .singleElement()
                .satisfies(o -> assertThat(o.notes().coverage().orElseThrow().detail())
                        .contains("not read: 2 larger than 1 MiB"));
    }
}
