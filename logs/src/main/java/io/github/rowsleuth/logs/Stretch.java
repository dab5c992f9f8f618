package io.github.rowsleuth.logs;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.TimeWindow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A stretch of a log between two changes of {@code log_statement}, and what it showed. */
final class Stretch {

    private static final Set<String> CHANGES_ROWS = Set.of("insert", "update", "delete", "truncate", "merge", "copy");
    private static final Set<String> CHANGES_SCHEMA = Set.of(
            "create", "alter", "drop", "comment", "grant", "revoke", "security", "refresh", "reindex", "cluster");
    private static final Set<String> CHANGES_NOTHING = Set.of(
            "begin",
            "start",
            "commit",
            "end",
            "rollback",
            "abort",
            "savepoint",
            "release",
            "set",
            "reset",
            "show",
            "fetch",
            "close",
            "declare",
            "discard",
            "deallocate",
            "do",
            "call",
            "vacuum",
            "lock",
            "listen",
            "select",
            "values",
            "table");

    private final Moment from;
    private Head last;
    private Level level;
    private boolean texts;
    private boolean transactions;

    Stretch(Head first, Level configured) {
        this.from = first.moment();
        this.last = first;
        this.level = configured;
    }

    void reach(Head head) {
        last = head;
    }

    /** A statement that the log shows although it need not have failed. */
    void saw(Sql sql) {
        if (level == Level.ALL && transactions) {
            return; // there is nothing more to learn
        }
        List<Step> steps = Step.in(sql.text());
        if (steps.isEmpty()) {
            return;
        }
        texts = true;
        transactions |= steps.stream().anyMatch(s -> s.kind() == Step.Kind.BEGIN || s.kind() == Step.Kind.COMMIT);
        if (sql.kind() == Sql.Kind.STARTS) {
            level = level.or(shownBy(steps, sql.text()));
        } else {
            // The setting counts whole milliseconds: a shorter one is only logged when all are.
            level = level.or(sql.millis().orElse(1) < 1 ? Level.ALL : Level.SLOW);
        }
    }

    private static Level shownBy(List<Step> steps, String text) {
        String word = steps.get(0).word();
        if (steps.size() == 1 && CHANGES_NOTHING.contains(word)) {
            // SELECT INTO creates a table and is logged as such.
            return text.toLowerCase(Locale.ROOT).contains("into") ? Level.DDL : Level.ALL;
        }
        if (steps.stream().anyMatch(s -> CHANGES_ROWS.contains(s.word()))) {
            return Level.MOD;
        }
        return steps.stream().anyMatch(s -> CHANGES_SCHEMA.contains(s.word())) ? Level.DDL : Level.NONE;
    }

    Level level() {
        return level;
    }

    /** {@return whether it is more than the moment in which several settings change} */
    boolean lasts() {
        Moment to = to();
        return texts
                || from.latest().isEmpty()
                || to.latest().isEmpty()
                || to.latest().get().isAfter(from.latest().get().plusSeconds(1));
    }

    boolean meets(TimeWindow window) {
        Moment to = to();
        boolean endsBefore = window.notBefore()
                .filter(w -> to.latest().orElse(Instant.MAX).isBefore(w))
                .isPresent();
        boolean beginsAfter = window.notAfter()
                .filter(w -> from.earliest().orElse(Instant.MIN).isAfter(w))
                .isPresent();
        return !endsBefore && !beginsAfter;
    }

    /** {@return whether it showed where transactions begin and end, if it showed any statement} */
    boolean showsTransactions() {
        return transactions || !texts;
    }

    Moment from() {
        return from;
    }

    Moment to() {
        return last.moment();
    }
}
