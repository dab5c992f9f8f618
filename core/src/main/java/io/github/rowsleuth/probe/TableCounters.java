package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.values.ValueStyle;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.immutables.value.Value;

/** The cumulative statistics of one table, as {@code pg_stat_all_tables} gives them (PostgreSQL documentation, section 27.2 "The Cumulative Statistics System"). */
@Value.Immutable
@ValueStyle
public interface TableCounters {

    /** {@return the table with its schema} */
    TableName table();

    /** {@return {@code n_tup_ins}: attempts, rolled back or not} */
    long inserted();

    /** {@return {@code n_tup_upd}: attempts} */
    long updated();

    /** {@return {@code n_tup_del}: attempts; untouched by TRUNCATE} */
    long deleted();

    /** {@return {@code n_live_tup}: an estimate that committed changes move} */
    long live();

    /** {@return {@code n_dead_tup}: an estimate; not the number of rows that can be recovered} */
    long dead();

    /** {@return {@code n_mod_since_analyze}: committed changes only} */
    long modifiedSinceAnalyze();

    /** {@return {@code n_ins_since_vacuum}: set to 0 by TRUNCATE} */
    long insertedSinceVacuum();

    /** {@return the last manual vacuum} */
    Optional<Instant> lastVacuum();

    /** {@return the last vacuum by autovacuum} */
    Optional<Instant> lastAutovacuum();

    /** {@return the last manual analyze} */
    Optional<Instant> lastAnalyze();

    /** {@return the last analyze by autovacuum} */
    Optional<Instant> lastAutoanalyze();

    /** {@return when autovacuum comes to the table, where its settings are known} */
    Optional<Autovacuum> autovacuum();

    /** {@return where it was recorded} */
    List<EvidenceId> evidence();

    /** {@return the last time that vacuum or analyze, manual or not, saw the table} */
    default Optional<Instant> lastMaintenance() {
        return maintenance().max(Comparator.naturalOrder());
    }

    /** {@return when vacuum and analyze, manual and not, each last saw the table, in no order; the table is as old at least} */
    default Stream<Instant> maintenance() {
        return Stream.of(lastVacuum(), lastAutovacuum(), lastAnalyze(), lastAutoanalyze())
                .flatMap(Optional::stream);
    }

    /** {@return the last time that vacuum, manual or not, took dead rows off the table} */
    default Optional<Instant> vacuumed() {
        return Stream.of(lastVacuum(), lastAutovacuum())
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    /** {@return whether analyze, manual or not, has replaced the estimates since the counters began} */
    default boolean analyzed() {
        return lastAnalyze().isPresent() || lastAutoanalyze().isPresent();
    }

    /** {@return a builder without values} */
    static Builder builder() {
        return new Builder();
    }

    /** Builds one; {@code build()} throws {@link IllegalStateException} where a value is missing. */
    final class Builder extends ImmutableTableCounters.Builder {
        Builder() {}
    }
}
