package io.github.rowsleuth.git.automation.schedule;

import com.cronutils.model.time.ExecutionTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The times at which a job was due.
 *
 * @param due the last times within the window, the oldest first
 * @param count how many times it was due within the window, at most {@value #MAX_COUNT}
 * @param last the last time before the end of the window
 * @param doubts what makes the times less certain
 */
public record DueTimes(List<Instant> due, int count, Optional<Instant> last, List<String> doubts) {

    /** More times than these are not counted. */
    public static final int MAX_COUNT = 10_000;

    private static final int MAX_LISTED = 50;

    public DueTimes {
        due = List.copyOf(due);
        doubts = List.copyOf(doubts);
    }

    /**
     * {@return the times between two instants, both included; without any where the schedule can not be evaluated, and the
     * doubts say so}
     *
     * @param expression the times as the source writes them
     * @param zone the zone that the source names
     */
    public static DueTimes of(String expression, Optional<ZoneId> zone, Instant from, Instant to) {
        List<String> doubts = new ArrayList<>();
        Optional<Duration> period = Periods.of(expression);
        if (period.isPresent()) {
            long times = Duration.between(from, to).dividedBy(period.get());
            doubts.add("it runs every " + words(period.get()) + ", counted from a start that the source does not tell");
            return new DueTimes(List.of(), (int) Math.min(MAX_COUNT, times), Optional.empty(), doubts);
        }
        Optional<ExecutionTime> times = CronExpressions.read(expression, doubts);
        if (times.isEmpty()) {
            doubts.add("the times '" + expression + "' can not be evaluated");
            return new DueTimes(List.of(), 0, Optional.empty(), doubts);
        }
        if (zone.isEmpty()) {
            doubts.add("the source names no time zone; UTC was assumed");
        }
        return count(times.get(), zone.orElse(ZoneOffset.UTC), from, to, doubts);
    }

    private static DueTimes count(ExecutionTime times, ZoneId zone, Instant from, Instant to, List<String> doubts) {
        Deque<Instant> listed = new ArrayDeque<>();
        int count = 0;
        ZonedDateTime at = from.minusNanos(1).atZone(zone);
        Optional<ZonedDateTime> next = times.nextExecution(at);
        while (next.isPresent() && !next.get().toInstant().isAfter(to) && count < MAX_COUNT) {
            count++;
            listed.add(next.get().toInstant());
            if (listed.size() > MAX_LISTED) {
                listed.poll();
            }
            next = times.nextExecution(next.get());
        }
        Optional<Instant> last =
                times.lastExecution(to.plusNanos(1).atZone(zone)).map(ZonedDateTime::toInstant);
        return new DueTimes(List.copyOf(listed), count, last, doubts);
    }

    private static String words(Duration period) {
        return period.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
    }
}
