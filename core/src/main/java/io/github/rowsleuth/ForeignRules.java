package io.github.rowsleuth;

import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.hypothesis.Argument;
import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Conclusions;
import io.github.rowsleuth.hypothesis.Confidence;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.HypothesisRule;
import io.github.rowsleuth.probe.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets rules of others speak, and believes them as far as evidence goes. */
final class ForeignRules {

    private static final Logger LOG = LoggerFactory.getLogger(ForeignRules.class);

    private final CaseFile file;
    private final Conclusions builtIn;
    private final Set<EvidenceId> evidence;
    private final List<Hypothesis> hypotheses = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    ForeignRules(CaseFile file, Conclusions builtIn) {
        this.file = file;
        this.builtIn = builtIn;
        this.evidence = file.evidence().stream().map(Evidence::id).collect(Collectors.toSet());
    }

    ForeignRules hear(List<HypothesisRule> rules) {
        rules.forEach(this::hear);
        return this;
    }

    private void hear(HypothesisRule rule) {
        try {
            List.copyOf(rule.hypotheses(file, builtIn)).forEach(h -> hypotheses.add(grounded(h)));
        } catch (RuntimeException e) {
            LOG.debug("The rule {} failed", rule.id(), e);
            gaps.add(new Gap(
                    rule.id(),
                    "this rule failed: " + Redaction.of(e),
                    "what it would have concluded is missing",
                    "mend the rule; its stack trace is in the log at level DEBUG"));
        }
    }

    private Hypothesis grounded(Hypothesis hypothesis) {
        boolean rests = hypothesis.supporting().stream()
                .flatMap(a -> a.evidence().stream())
                .anyMatch(evidence::contains);
        if (rests || hypothesis.confidence().compareTo(Confidence.POSSIBLE) <= 0) {
            return hypothesis;
        }
        Argument groundless =
                new Argument("the rule that says so names no evidence of this investigation", List.of(), List.of());
        return Hypothesis.builder()
                .from(hypothesis)
                .confidence(Confidence.POSSIBLE)
                .addContradicting(groundless)
                .build();
    }

    Conclusions conclusions() {
        return hypotheses.isEmpty() ? builtIn : builtIn.with(hypotheses);
    }

    List<Gap> gaps() {
        return gaps;
    }
}
