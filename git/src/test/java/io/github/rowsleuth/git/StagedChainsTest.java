package io.github.rowsleuth.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.Investigation;
import io.github.rowsleuth.git.StagedChains.Expectation;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.AutomationChain;
import io.github.rowsleuth.probe.AutomationLink;
import io.github.rowsleuth.probe.AutomationReference;
import io.github.rowsleuth.probe.ScriptAutomation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories that were staged, and answers that were written down, before anything detected them. */
class StagedChainsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compose",
                "crontab",
                "dockerfile",
                "hooks",
                "make",
                "npm",
                "platform",
                "pm2",
                "tests",
                "workflow",
                "agents",
                "airflow",
                "ansible",
                "azure",
                "bitbucket",
                "celery",
                "circleci",
                "code",
                "fly",
                "gitlab",
                "jenkins",
                "kubernetes",
                "pgcron",
                "procfile",
                "render",
                "systemd",
                "terraform",
                "vercel"
            })
    void every_staged_script_is_answered_with_its_whole_chain(String surface) {
        StagedChains staged = StagedChains.read(surface);
        assertThat(staged.expectations()).hasSizeGreaterThanOrEqualTo(3);
        Automation automation = automation(staged);

        SoftAssertions softly = new SoftAssertions();
        for (Expectation expected : staged.expectations()) {
            softly.assertThat(differences(expected, automation))
                    .as(() -> surface + ": " + expected.script() + "\n" + told(automation, expected.script()))
                    .isEmpty();
        }
        softly.assertAll();
    }

    private Automation automation(StagedChains staged) {
        try (RepositoryBuilder repository = RepositoryBuilder.in(folder)) {
            staged.files().forEach((path, text) -> repository.file(path, text.getBytes(StandardCharsets.UTF_8)));
            repository.commit("Add");
        }
        return Investigation.of("shop.users")
                .probes(GitRepository.at(folder))
                .run()
                .answer(Automation.class)
                .orElseThrow();
    }

    private static List<String> differences(Expectation expected, Automation automation) {
        List<String> differences = new ArrayList<>();
        Optional<ScriptAutomation> found = automation.of(expected.script());
        if (found.isEmpty()) {
            return List.of("no answer");
        }
        ScriptAutomation answer = found.get();
        if (answer.standing() != expected.standing()) {
            differences.add(
                    "expected " + expected.standing() + "; found " + answer.standing() + " " + answer.references());
        }
        if (answer.chains().stream().noneMatch(c -> chainAsExpected(c, expected)) && told(expected)) {
            differences.add("expected the chain " + expected);
        }
        for (String mention : expected.mentions()) {
            if (answer.references().stream().noneMatch(r -> mentions(r, mention))) {
                differences.add("expected the mention " + mention + "; found " + answer.references());
            }
        }
        return differences;
    }

    private static boolean told(Expectation expected) {
        return !expected.links().isEmpty()
                || !expected.triggers().isEmpty()
                || !expected.disabled().isEmpty();
    }

    private static boolean chainAsExpected(AutomationChain chain, Expectation expected) {
        return (expected.links().isEmpty() || links(chain.links(), expected.links()))
                && expected.triggers().stream()
                        .allMatch(t -> chain.triggers().stream()
                                .anyMatch(found -> found.toString().contains(t)))
                && expected.conditions().stream()
                        .allMatch(c -> chain.conditions().stream()
                                .anyMatch(found -> found.text().contains(c)))
                && expected.disabled().stream()
                        .allMatch(d -> chain.disabled()
                                .filter(found -> found.contains(d))
                                .isPresent())
                && expected.disabled().isEmpty() == chain.disabled().isEmpty();
    }

    private static boolean links(List<AutomationLink> links, List<String> expected) {
        if (links.size() != expected.size()) {
            return false;
        }
        for (int i = 0; i < links.size(); i++) {
            String[] parts = expected.get(i).split(" : ", 2);
            AutomationLink link = links.get(i);
            if (!link.file().equals(parts[0]) || !link.text().text().contains(parts[1])) {
                return false;
            }
        }
        return true;
    }

    private static boolean mentions(AutomationReference reference, String expected) {
        String[] parts = expected.split(" : ", 2);
        return !reference.executes()
                && reference.file().equals(parts[0])
                && reference.text().text().contains(parts[1]);
    }

    private static String told(Automation automation, String script) {
        return automation.of(script).stream()
                .flatMap(a -> a.chains().stream())
                .map(c -> c + "\n   "
                        + c.links().stream().map(l -> l.text().text()).collect(Collectors.joining("\n   "))
                        + c.disabled().map(d -> "\n   disabled: " + d).orElse("")
                        + "\n   when " + c.conditions())
                .collect(Collectors.joining("\n"));
    }
}
