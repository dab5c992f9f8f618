package io.github.rowsleuth;

import io.github.rowsleuth.hypothesis.Confidence;
import java.util.ArrayList;
import java.util.List;

/** What a shell shows of findings: few lines, the verdict first. */
final class Summary {

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_LINE = 150;

    private final Story story;
    private final Findings findings;

    Summary(Findings findings) {
        this.findings = findings;
        this.story = new Story(findings);
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(story.headline());
        lines.add("What  " + story.what());
        story.when().ifPresent(when -> lines.add("When  " + when));
        story.best().ifPresent(best -> lines.add("How   " + best));
        lines.add("By    " + story.by());
        findings.preservation().proposals().stream().findFirst().ifPresent(p -> lines.add("Now   " + p.action()));
        int cleared = story.ofConfidence(Confidence.RULED_OUT).size();
        int open = story.ofConfidence(Confidence.POSSIBLE).size();
        lines.add("Leads " + open + " possible, " + cleared + " ruled out");
        lines.add("Gaps  " + findings.gaps().size() + ", and "
                + findings.outcomes().stream().filter(o -> o.answer().isEmpty()).count() + " probes without an answer");
        lines.add("report().print() tells the whole story");
        String text = String.join("\n", lines.stream().map(Summary::line).toList());
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH - 1) + "…";
    }

    private static String line(String text) {
        String safe = Printable.of(text);
        return safe.length() <= MAX_LINE ? safe : safe.substring(0, MAX_LINE - 1) + "…";
    }
}
