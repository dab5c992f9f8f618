package io.github.rowsleuth.recovery;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.recovery.RecoveryOption.Return;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The commands that restore a dump into a new database of another server, and take the rows out of it.
 *
 * <p>Another server, because a script that was made by {@code pg_dump --create} or {@code pg_dumpall} connects to the
 * database by the name it had (PostgreSQL documentation, "pg_dump", option {@code --create}), which is the damaged one.
 */
final class DumpCommands {

    private static final String DATABASE = "recovered";

    private final Backup dump;
    private final List<Return> returns;

    DumpCommands(Backup dump, List<Return> returns) {
        this.dump = dump;
        this.returns = returns;
    }

    List<String> all() {
        List<String> commands = new ArrayList<>();
        commands.add("createdb " + DATABASE);
        commands.add(restore());
        for (Return table : returns) {
            commands.add("psql -X -d " + DATABASE + " -c "
                    + ShellWord.of("COPY " + table.table().quoted() + " TO STDOUT") + " > "
                    + ShellWord.of(fileOf(table.table())));
        }
        return commands;
    }

    private String restore() {
        String path = ShellWord.of(dump.path());
        boolean packed = dump.path().endsWith(".gz");
        if (dump.format() == BackupFormat.PLAIN) {
            String psql = "psql -X -q -d " + DATABASE;
            return packed ? "gzip -dc " + path + " | " + psql : psql + " -f " + path;
        }
        String restore = "pg_restore --no-owner --no-privileges -d " + DATABASE;
        return packed ? "gzip -dc " + path + " | " + restore : restore + " " + path;
    }

    static String fileOf(TableName table) {
        return table.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.]", "_") + ".copy";
    }
}
