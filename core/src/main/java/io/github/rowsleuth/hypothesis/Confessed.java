package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.probe.Confession;
import io.github.rowsleuth.probe.Scripts;
import java.util.List;
import java.util.stream.Collectors;

/** What people wrote of a loss, where they name something that was never committed: it can not be read, only asked for. */
final class Confessed {

    private static final int MOST = 5;

    private Confessed() {}

    static List<Hypothesis> by(CaseFile file) {
        return file.answers(Scripts.class).stream()
                .flatMap(s -> s.confessions().stream())
                .filter(c -> !c.unknown().isEmpty())
                .limit(MOST)
                .map(Confessed::hypothesis)
                .toList();
    }

    private static Hypothesis hypothesis(Confession confession) {
        String names = confession.unknown().stream().collect(Collectors.joining(", "));
        String where = confession
                .commit()
                .map(c -> "the message of commit " + c.shortId())
                .orElse(confession.path() + ":" + confession.line());
        return Hypothesis.builder()
                .cause(Cause.MANUAL_SCRIPT)
                .claim(where + " speaks of a loss and of " + names + ", which no commit has")
                .confidence(Confidence.POSSIBLE)
                .addSupporting(new Argument(confession.text().text(), List.of(), List.of(confession.evidence())))
                .nextCheck("ask whoever wrote it for " + names + ", and for the history of the shell it was run in")
                .build();
    }
}
