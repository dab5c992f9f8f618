package io.github.rowsleuth.preservation;

import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.Autovacuum;
import io.github.rowsleuth.probe.TableCounters;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.transaction.TablePages;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long deleted rows stay on their pages: until vacuum comes, which autovacuum does once there are enough dead rows
 * (src/backend/postmaster/autovacuum.c, relation_needs_vacanalyze), or until somebody reads a full page.
 */
final class PageExpiry {

    private static final String READERS = "; anybody who reads a full page takes its deleted rows away at once";

    private final Situation situation;

    private PageExpiry(Situation situation) {
        this.situation = situation;
    }

    /** Of the table that goes first. */
    static Expiry of(Situation situation) {
        return of(situation, situation.onPages());
    }

    static Expiry of(Situation situation, List<TableFate> tables) {
        PageExpiry expiry = new PageExpiry(situation);
        return tables.stream()
                .map(f -> expiry.of(f.table()))
                .min(Comparator.comparing(e -> e.within().orElse(Duration.ofSeconds(Long.MAX_VALUE))))
                .orElse(Expiry.open("until vacuum comes" + READERS));
    }

    private Expiry of(TableName table) {
        if (situation.standby()) {
            return Expiry.open("until this standby replays that the primary vacuumed or pruned " + table);
        }
        if (beingVacuumed(table)) {
            return Expiry.within(Duration.ZERO, "a vacuum is at work on " + table + ": its deleted rows are going now");
        }
        Expiry plain = byAutovacuum(table);
        return Protectors.any(situation)
                ? Expiry.open("as long as the sessions, transactions or slots that protect the rows live; then: "
                        + plain.text())
                : plain;
    }

    private boolean beingVacuumed(TableName table) {
        return situation.activity().stream()
                .flatMap(a -> a.vacuums().stream())
                .anyMatch(v -> v.table().filter(table::equals).isPresent());
    }

    private Expiry byAutovacuum(TableName table) {
        Optional<TableCounters> counters = situation.counters(table);
        Optional<Autovacuum> autovacuum = counters.flatMap(TableCounters::autovacuum);
        if (autovacuum.isEmpty()) {
            return Expiry.open("until vacuum comes to " + table + ", when is not known" + READERS);
        }
        if (!autovacuum.get().enabled()) {
            return Expiry.open("autovacuum is off for " + table + ": until somebody vacuums it" + READERS);
        }
        double rows = situation.scope(table).map(TableScope::estimatedRows).orElse(0.0);
        long dead = Math.max(
                counters.get().dead(),
                situation.pages(table).map(PageExpiry::dead).orElse(0L));
        long left = left(autovacuum.get(), counters.get(), rows, dead);
        if (left < 0) {
            Duration soon = autovacuum.get().naptime();
            return Expiry.within(
                    soon,
                    "autovacuum is due for " + table + ": its deleted rows will go within about "
                            + (soon.toSeconds() <= 60 ? "a minute" : soon.toMinutes() + " minutes"));
        }
        return Expiry.open("autovacuum comes to " + table + " after about " + (left + 1) + " more dead or inserted rows"
                + READERS);
    }

    private static long dead(TablePages pages) {
        return pages.deleted() + pages.superseded() + pages.insertionsRolledBack() + pages.pruned();
    }

    /** How many rows autovacuum still waits for; below 0 it is due. */
    private static long left(Autovacuum autovacuum, TableCounters counters, double rows, long dead) {
        long byDead = autovacuum.deadRowsSpared(rows) - dead;
        return autovacuum
                .insertsSpared(rows)
                .map(spared -> Math.min(byDead, spared - counters.insertedSinceVacuum()))
                .orElse(byDead);
    }
}
