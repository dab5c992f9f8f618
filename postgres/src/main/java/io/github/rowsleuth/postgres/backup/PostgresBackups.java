package io.github.rowsleuth.postgres.backup;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeSet;
import io.github.rowsleuth.recovery.Backups;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Folders in which backups may lie, as a source of evidence. Dumps of {@code pg_dump} in all four formats and copies of
 * {@code pg_basebackup} are recognised by what stands in them, whatever their names; nothing is restored, unpacked to
 * disk, or written.
 *
 * <p>Needs read access to the folders. Symbolic links are not followed. Can not see: backups of other tools, which have
 * catalogs of their own; whether a dump can be restored without an error.
 */
public final class PostgresBackups implements ProbeSet {

    private final Path root;
    private final Optional<ZoneId> zone;

    private PostgresBackups(Path root, Optional<ZoneId> zone) {
        this.root = root;
        this.zone = zone;
    }

    /**
     * {@return the backups in that folder and below; nothing is read yet}
     *
     * @param folder a folder, or one backup
     * @throws IllegalArgumentException if it is no path
     */
    public static PostgresBackups in(String folder) {
        try {
            return in(Path.of(folder));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("expected the path of a folder with backups, found '" + folder + "'", e);
        }
    }

    /**
     * {@return the backups in that folder and below; nothing is read yet}
     *
     * @param folder a folder, or one backup
     */
    public static PostgresBackups in(Path folder) {
        return new PostgresBackups(folder, Optional.empty());
    }

    /**
     * {@return the same, knowing the time zone of the machine that made the dumps}. Without it the time in a dump's header,
     * which is local and has no zone, is an interval of 26 hours.
     *
     * @param dumper the time zone in which {@code pg_dump} ran
     */
    public PostgresBackups withZone(ZoneId dumper) {
        return new PostgresBackups(root, Optional.of(dumper));
    }

    /** {@return the probe {@code postgres.backups}: which backups there are, from when, and whether the rows of the lost tables are in them} */
    public Probe<Backups> backups() {
        return new BackupSearch(root, new DumpTime(zone));
    }

    /** {@return {@link #backups()}} */
    @Override
    public List<Probe<?>> probes() {
        return List.of(backups());
    }

    /** {@return where it looks} */
    @Override
    public String toString() {
        return "PostgresBackups[" + root + "]";
    }
}
