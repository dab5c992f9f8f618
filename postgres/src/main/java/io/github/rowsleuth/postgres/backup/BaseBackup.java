package io.github.rowsleuth.postgres.backup;

import io.github.rowsleuth.recovery.Backup;
import io.github.rowsleuth.recovery.BackupFormat;
import io.github.rowsleuth.transaction.Lsn;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A copy of a cluster, by its {@code backup_label} and {@code backup_manifest} (PostgreSQL documentation, "Making a Base
 * Backup Using the Low Level API" and "Backup Manifest Format").
 */
final class BaseBackup {

    static final String LABEL = "backup_label";
    static final String MANIFEST = "backup_manifest";
    static final int LONGEST_LABEL = 16 << 10;
    /** Where the range of the log stands in a manifest: at its end. */
    static final int MANIFEST_TAIL = 4 << 10;

    private static final Pattern FROM = Pattern.compile("(?m)^START WAL LOCATION: ([0-9A-F]+/[0-9A-F]+) ");
    private static final Pattern STARTED = Pattern.compile("(?m)^START TIME: (.+)$");
    private static final Pattern END = Pattern.compile("\"End-LSN\": \"([0-9A-F]+/[0-9A-F]+)\"");

    private BaseBackup() {}

    static Backup of(String path, String label, Optional<String> manifestTail, DumpTime time)
            throws DamagedBackupException {
        Matcher from = FROM.matcher(label);
        if (!from.find()) {
            throw new DamagedBackupException("its backup_label does not say where recovery begins");
        }
        Matcher started = STARTED.matcher(label);
        Backup.Builder backup =
                Backup.builder().path(path).format(BackupFormat.BASE).recoveryFrom(Lsn.parse(from.group(1)));
        if (started.find()) {
            backup.begun(time.of(started.group(1)));
        }
        return backup.consistentAt(manifestTail.flatMap(BaseBackup::end)).build();
    }

    private static Optional<Lsn> end(String manifestTail) {
        Optional<Lsn> last = Optional.empty();
        for (Matcher end = END.matcher(manifestTail); end.find(); ) {
            last = Optional.of(Lsn.parse(end.group(1)));
        }
        return last;
    }
}
