package io.github.rowsleuth.probe;

import java.util.List;

/**
 * Examines one source and answers one question. The only kind of object that touches the world: everything after it is
 * a pure function over what it recorded.
 *
 * <p>A probe is examined at most once per investigation, on a thread of the library. It must obey interruption, close
 * what it opens and change nothing. It may be used by several investigations at once.
 *
 * @param <T> the answer, an immutable value with {@code equals}
 */
public interface Probe<T> {

    /** {@return the type under which {@code findings.answer(type)} gives the answer} */
    Class<T> answerType();

    /**
     * Examines the source. Evidence, gaps and coverage recorded before a failure are kept.
     *
     * @param examination the incident, the deadline, and where evidence is recorded
     * @return the answer
     * @throws ProbeUnavailableException if the source can not be examined for a reason that a person can mend
     * @throws Exception anything else: the outcome is then {@link ProbeOutcome.Failed}
     */
    T examine(Examination examination) throws Exception;

    /** {@return a stable id such as {@code postgres.deletion-stats}; the class name unless overridden} */
    default String id() {
        return getClass().getName();
    }

    /** {@return how fast its evidence vanishes; the runner examines the most volatile first} */
    default Volatility volatility() {
        return Volatility.SCAN;
    }

    /** {@return the answer types that must be there before this probe starts} */
    default List<Class<?>> buildsOn() {
        return List.of();
    }

    /**
     * {@return the same probe under another id, for a lambda or a second source in the same role}
     *
     * @param id the id it goes by
     * @param probe the probe
     * @param <T> its answer
     */
    static <T> Probe<T> named(String id, Probe<T> probe) {
        return new NamedProbe<>(id, probe);
    }
}
