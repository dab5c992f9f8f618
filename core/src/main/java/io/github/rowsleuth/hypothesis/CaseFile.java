package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.ProbeOutcome;
import java.util.List;
import java.util.Optional;

/**
 * Everything that reasoning may look at.
 *
 * @param incident what is believed lost
 * @param outcomes what every probe brought, in a stable order
 */
public record CaseFile(Incident incident, List<ProbeOutcome<?>> outcomes) {

    /** Copies the list. */
    public CaseFile {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * {@return every answer of that type}
     *
     * @param type the type of answer
     * @param <A> the type of answer
     */
    public <A> List<A> answers(Class<A> type) {
        return outcomes.stream()
                .map(ProbeOutcome::answer)
                .flatMap(Optional::stream)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** {@return every piece of evidence, probe by probe} */
    public List<Evidence> evidence() {
        return outcomes.stream().flatMap(o -> o.notes().evidence().stream()).toList();
    }

    /**
     * {@return whether a probe that gave such an answer searched its source completely, by its own word}
     *
     * @param type the type of answer
     */
    public boolean searchedWhole(Class<?> type) {
        return outcomes.stream()
                .filter(o -> o.answer().filter(type::isInstance).isPresent())
                .anyMatch(o -> o.notes()
                        .coverage()
                        .filter(c -> c.extent() == Coverage.Extent.COMPLETE)
                        .isPresent());
    }

    /**
     * {@return the first answer of that type}
     *
     * @param type the type of answer
     * @param <A> the type of answer
     */
    public <A> Optional<A> answer(Class<A> type) {
        return answers(type).stream().findFirst();
    }
}
