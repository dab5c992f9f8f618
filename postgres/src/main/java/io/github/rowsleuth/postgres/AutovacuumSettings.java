package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Autovacuum;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When autovacuum comes: the settings of the server, and over them the storage parameters of a table.
 *
 * @param settings by name, in the units of {@code pg_settings}
 */
record AutovacuumSettings(Map<String, String> settings) {

    private static final String PREFIX = "autovacuum_";

    private static final Query SETTINGS = new Query("""
            select name::text as name, setting::text as setting
              from pg_settings
             where name in ('autovacuum', 'track_counts', 'autovacuum_naptime', 'autovacuum_vacuum_threshold',
                            'autovacuum_vacuum_scale_factor', 'autovacuum_vacuum_max_threshold',
                            'autovacuum_vacuum_insert_threshold', 'autovacuum_vacuum_insert_scale_factor')
             order by name collate "C"\
            """, "pg_settings", "SELECT ON pg_catalog.pg_settings");

    /** A setting with its name. */
    private record Named(String name, String setting) {}

    static Optional<AutovacuumSettings> read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        return session.rowsOrGap(
                        SETTINGS,
                        "when autovacuum will take deleted rows away is unknown",
                        row -> new Named(row.text("name"), row.text("setting")))
                .map(AutovacuumSettings::of);
    }

    private static AutovacuumSettings of(List<Named> rows) {
        Map<String, String> settings = new HashMap<>();
        rows.forEach(r -> settings.put(r.name(), r.setting()));
        return new AutovacuumSettings(settings);
    }

    /** For a table without storage parameters of its own. */
    Autovacuum general() {
        return with("");
    }

    /** For a table with these storage parameters, separated by commas: {@code fillfactor=70,autovacuum_enabled=off}. */
    Autovacuum with(String storageParameters) {
        Map<String, String> own = new HashMap<>(settings);
        for (String parameter : storageParameters.split(",", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && parameter.startsWith(PREFIX)) {
                own.put(parameter.substring(0, equals), parameter.substring(equals + 1));
            }
        }
        return new Autovacuum(
                on(own, "autovacuum") && on(own, "track_counts") && on(own, "autovacuum_enabled"),
                whole(own, "autovacuum_vacuum_threshold", 50),
                fraction(own, "autovacuum_vacuum_scale_factor"),
                unlessNegative(whole(own, "autovacuum_vacuum_max_threshold", -1)),
                unlessNegative(whole(own, "autovacuum_vacuum_insert_threshold", -1)),
                fraction(own, "autovacuum_vacuum_insert_scale_factor"),
                Duration.ofSeconds(whole(own, "autovacuum_naptime", 60)));
    }

    /** Whatever spelling of a switch a storage parameter was given, false begins with one of these. */
    private static boolean on(Map<String, String> settings, String name) {
        String value = settings.getOrDefault(name, "on");
        return !value.equals("0") && !value.equals("off") && !value.startsWith("f") && !value.startsWith("n");
    }

    private static long whole(Map<String, String> settings, String name, long otherwise) {
        String value = settings.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    private static double fraction(Map<String, String> settings, String name) {
        return Double.parseDouble(settings.getOrDefault(name, "0.2"));
    }

    private static Optional<Long> unlessNegative(long value) {
        return value < 0 ? Optional.empty() : Optional.of(value);
    }
}
