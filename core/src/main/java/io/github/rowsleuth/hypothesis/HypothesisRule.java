package io.github.rowsleuth.hypothesis;

import java.util.List;

/**
 * A rule of your own: explanations that the built-in rules do not know, such as a job of your house that is recognised by
 * an answer of a probe of your own. A lambda will do.
 *
 * <p>A rule is a pure function: equal files and conclusions must give equal hypotheses, and it reads nothing but them. Its
 * hypotheses are ranked among the others. One that claims more than {@link Confidence#POSSIBLE} has to rest on evidence of
 * the file; without any it is only possible. A rule that throws is a gap of the findings, and the others still count.
 */
@FunctionalInterface
public interface HypothesisRule {

    /**
     * {@return what follows; empty where the rule has nothing to say}
     *
     * @param file the incident and what the probes brought
     * @param conclusions what the built-in rules made of it: fates, acts, suspects, hypotheses
     */
    List<Hypothesis> hypotheses(CaseFile file, Conclusions conclusions);

    /** {@return what the rule is called in gaps; the name of its class unless overridden} */
    default String id() {
        return getClass().getName();
    }
}
