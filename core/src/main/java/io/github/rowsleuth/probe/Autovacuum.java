package io.github.rowsleuth.probe;

import java.time.Duration;
import java.util.Optional;

/**
 * When autovacuum comes to a table: the settings of the server with the storage parameters of the table (PostgreSQL
 * documentation, "The Autovacuum Daemon"; src/backend/postmaster/autovacuum.c, relation_needs_vacanalyze).
 *
 * @param enabled whether it comes at all, but against wraparound: {@code autovacuum}, {@code track_counts} and
 *     {@code autovacuum_enabled}
 * @param threshold {@code autovacuum_vacuum_threshold}, in rows
 * @param scaleFactor {@code autovacuum_vacuum_scale_factor}, as a part of {@code reltuples}
 * @param mostThreshold {@code autovacuum_vacuum_max_threshold}, in rows (18 and newer); empty for no limit
 * @param insertThreshold {@code autovacuum_vacuum_insert_threshold}, in rows; empty where inserts do not call it
 * @param insertScaleFactor {@code autovacuum_vacuum_insert_scale_factor}, as a part of {@code reltuples}
 * @param naptime {@code autovacuum_naptime}: how long it may take until it looks at the database again
 */
public record Autovacuum(
        boolean enabled,
        long threshold,
        double scaleFactor,
        Optional<Long> mostThreshold,
        Optional<Long> insertThreshold,
        double insertScaleFactor,
        Duration naptime) {

    /**
     * {@return how many dead rows it takes before the table is vacuumed; it is when there are more}
     *
     * @param estimatedRows {@code reltuples}; less than 0 counts as 0
     */
    public long deadRowsSpared(double estimatedRows) {
        long due = (long) (threshold + scaleFactor * Math.max(0, estimatedRows));
        return mostThreshold.map(most -> Math.min(most, due)).orElse(due);
    }

    /**
     * {@return how many inserted rows it takes before the table is vacuumed for their sake, which takes dead rows along}
     *
     * @param estimatedRows {@code reltuples}; less than 0 counts as 0
     */
    public Optional<Long> insertsSpared(double estimatedRows) {
        return insertThreshold.map(from -> (long) (from + insertScaleFactor * Math.max(0, estimatedRows)));
    }
}
