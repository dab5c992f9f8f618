package io.github.rowsleuth.git;

import java.util.Optional;
import java.util.regex.Pattern;

/** Tells the files of migrations from other scripts. */
final class MigrationFiles {

    /** {@code V12_1__add_table.sql}, {@code U12__….sql}, {@code R__….sql}. */
    static final Pattern FLYWAY = Pattern.compile("([VUR])([0-9][0-9._]*)?__(.*)\\.sql");
    /** {@code 000012_name.up.sql}. */
    static final Pattern UP_DOWN = Pattern.compile("(.+)\\.(up|down)\\.sql");

    private static final Pattern ALEMBIC_REVISION = Pattern.compile("(?m)^revision\\s*(?::[^=\\n]*)?=");
    private static final Pattern ALEMBIC_UPGRADE = Pattern.compile("(?m)^def upgrade\\(");

    private MigrationFiles() {}

    /** The tool whose migration the file is; empty for any other file. */
    static Optional<String> tool(StoredFile file, String text) {
        String name = file.name();
        if (name.endsWith(".py")) {
            boolean alembic = text.contains("def upgrade(")
                    && ALEMBIC_REVISION.matcher(text).find()
                    && ALEMBIC_UPGRADE.matcher(text).find();
            return alembic ? Optional.of("alembic") : Optional.empty();
        }
        if (FLYWAY.matcher(name).matches()) {
            return Optional.of("flyway");
        }
        if (UP_DOWN.matcher(name).matches()) {
            return Optional.of("up-down-sql");
        }
        boolean prisma = name.equals("migration.sql") && file.path().contains("migrations/");
        return prisma ? Optional.of("prisma") : Optional.empty();
    }
}
