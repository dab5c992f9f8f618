package io.github.rowsleuth.examples.matrix;

import io.github.rowsleuth.Findings;
import io.github.rowsleuth.Verdict;
import io.github.rowsleuth.hypothesis.Cause;
import io.github.rowsleuth.hypothesis.Confidence;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.Suspect;
import java.util.List;
import java.util.Optional;

/** Holds findings against what was expected of them. */
final class Judgement {

    private final Variant variant;
    private final Expected expected;
    private final Findings findings;

    Judgement(Variant variant, Cell cell, Findings findings) {
        this.variant = variant;
        this.expected = variant.expected(cell);
        this.findings = findings;
    }

    /** Suspects that are accused and had no hand in it. */
    List<String> innocents() {
        return findings.hypotheses().stream()
                .filter(h -> h.confidence().compareTo(Confidence.LIKELY) >= 0)
                .flatMap(h -> h.suspect().stream())
                .map(Suspect::name)
                .filter(n -> !variant.guilty(n))
                .toList();
    }

    boolean right() {
        return switch (expected.answer()) {
            case CAUSE -> explained() && named();
            case ACT -> explained() && first().filter(h -> !named(h)).isPresent();
            case UNEXPLAINED -> findings.verdict() == Verdict.LOSS_UNEXPLAINED;
            case INCONCLUSIVE ->
                findings.verdict() == Verdict.INCONCLUSIVE
                        && first().filter(h -> h.cause() == expected.cause()).isPresent();
        };
    }

    private boolean explained() {
        Verdict verdict = expected.cause() == Cause.NOT_A_LOSS ? Verdict.NO_LOSS : Verdict.LOSS_EXPLAINED;
        return findings.verdict() == verdict
                && first().filter(h ->
                                h.cause() == expected.cause() && h.confidence().compareTo(Confidence.LIKELY) >= 0)
                        .isPresent();
    }

    private boolean named() {
        return variant.culprit().isEmpty() || first().filter(this::named).isPresent();
    }

    private boolean named(Hypothesis hypothesis) {
        return !variant.culprit().isEmpty()
                && hypothesis
                        .suspect()
                        .filter(s -> s.name().contains(variant.culprit()))
                        .isPresent();
    }

    private Optional<Hypothesis> first() {
        return findings.hypotheses().stream().findFirst();
    }

    String found() {
        return findings.verdict() + ", " + first().map(Hypothesis::toString).orElse("no hypothesis");
    }

    @Override
    public String toString() {
        return variant + "\nexpected " + expected
                + (expected.because().isEmpty() ? "" : " (" + expected.because() + ")") + "\nfound " + found() + "\n\n"
                + findings.report().text();
    }
}
