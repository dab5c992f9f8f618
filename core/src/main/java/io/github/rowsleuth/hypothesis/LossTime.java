package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.server.ScheduledJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When rows went, as far as the tables and the incident together tell. */
record LossTime(Moment moment) {

    /** How long before the loss a change counts as near. */
    private static final Duration NEAR = Duration.ofDays(1);

    /** How long a job may go on, where nothing tells when it ended. */
    private static final Duration RUN = Duration.ofMinutes(15);

    /** The time in which all of the tables can have been hit; the window of the incident where they tell nothing. */
    static LossTime of(List<TableFate> hit, TimeWindow window) {
        Moment known = new Moment(window.notBefore(), window.notAfter());
        for (TableFate fate : hit) {
            known = known.narrowedBy(fate.moment());
        }
        return new LossTime(known);
    }

    /** Whether both ends are known, so that to lie within says something. */
    boolean bounded() {
        return moment.earliest().isPresent() && moment.latest().isPresent();
    }

    /** Whether a job that was due then can have done it: rows go some time after its start. */
    boolean ofJobDue(Instant due) {
        return moment.overlaps(Moment.between(due, due.plus(RUN)));
    }

    /** Whether rows went while that run went on. */
    boolean ofRun(ScheduledJob.Run run) {
        return run.started()
                .filter(from -> moment.overlaps(Moment.between(
                        from, run.ended().filter(to -> !to.isBefore(from)).orElseGet(() -> from.plus(RUN)))))
                .isPresent();
    }

    /** Whether it was over by then. */
    boolean endedBefore(Instant instant) {
        return moment.latest().filter(instant::isAfter).isPresent();
    }

    /** Whether that lies within it, or at most a day before it. */
    boolean shortlyAfter(Instant instant) {
        Optional<Instant> from = moment.earliest().or(moment::latest).map(i -> i.minus(NEAR));
        return from.filter(f -> !instant.isBefore(f)).isPresent() && !endedBefore(instant);
    }
}
