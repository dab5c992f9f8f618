package io.github.rowsleuth;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.evidence.Provenance;
import io.github.rowsleuth.hypothesis.Argument;
import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Cause;
import io.github.rowsleuth.hypothesis.Conclusions;
import io.github.rowsleuth.hypothesis.Confidence;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.HypothesisRule;
import io.github.rowsleuth.probe.DeletionStats;
import io.github.rowsleuth.probe.Gap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForeignRulesTest {

    private static Investigation investigation() {
        return Investigation.of("shop.orders").deletionStats(examination -> {
            examination.record(
                    new Observation.ServerFact("the night job ran"), Moment.unknown(), new Provenance("test", "here"));
            return new DeletionStats(Optional.empty(), List.of());
        });
    }

    private static Hypothesis nightJob(CaseFile file, boolean grounded) {
        return Hypothesis.builder()
                .cause(Cause.AUTOMATED_JOB)
                .claim("the night job did it")
                .confidence(Confidence.LIKELY)
                .addSupporting(new Argument(
                        "it ran",
                        List.of(),
                        grounded ? file.evidence().stream().map(e -> e.id()).toList() : List.of()))
                .build();
    }

    @Test
    void a_rule_that_names_evidence_is_believed() {
        Findings findings = investigation()
                .rule((file, conclusions) -> List.of(nightJob(file, true)))
                .run();

        assertThat(findings.hypotheses()).singleElement().satisfies(h -> {
            assertThat(h.claim()).isEqualTo("the night job did it");
            assertThat(h.confidence()).isEqualTo(Confidence.LIKELY);
            assertThat(h.contradicting()).isEmpty();
        });
        assertThat(findings.gaps()).isEmpty();
    }

    @Test
    void a_rule_without_evidence_says_only_what_is_possible() {
        Findings findings = investigation()
                .rule((file, conclusions) -> List.of(nightJob(file, false)))
                .run();

        assertThat(findings.hypotheses()).singleElement().satisfies(h -> {
            assertThat(h.confidence()).isEqualTo(Confidence.POSSIBLE);
            assertThat(h.contradicting())
                    .extracting(Argument::text)
                    .containsExactly("the rule that says so names no evidence of this investigation");
        });
    }

    @Test
    void a_rule_that_throws_is_a_gap_and_the_others_still_speak() {
        Findings findings = investigation()
                .rule(new HypothesisRule() {
                    @Override
                    public List<Hypothesis> hypotheses(CaseFile file, Conclusions conclusions) {
                        throw new IllegalStateException("password=geheim");
                    }

                    @Override
                    public String id() {
                        return "house.broken";
                    }
                })
                .rule((file, conclusions) -> List.of(nightJob(file, true)))
                .run();

        assertThat(findings.hypotheses()).hasSize(1);
        assertThat(findings.gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.probe()).isEqualTo("house.broken");
            assertThat(gap.missing()).isEqualTo("this rule failed: IllegalStateException: password=?");
        });
        assertThat(findings.gaps()).extracting(Gap::remedy).allMatch(r -> r.startsWith("mend the rule"));
    }
}
