package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.git.code.Language;
import io.github.rowsleuth.git.store.StoredFile;
import io.github.rowsleuth.probe.Acquittal.Reason;
import io.github.rowsleuth.probe.Script;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells of each statement of a file whether it only looks destructive, and why. */
final class Harmlessness {

    private static final Pattern OTHER_DATABASE = Pattern.compile(
            "sqlite3|better-sqlite3|mysql\\.connector|pymysql|mysql2|\\bmysqli?_|mongoose|go-sql-driver/mysql|ENGINE=InnoDB|AUTO_INCREMENT|SqlConnection\\(|bigquery|clickhouse|snowflake");
    /** One of these stands in whatever the pattern finds; most files have none, which is told much faster. */
    private static final List<String> OTHER_DATABASE_MARKS = List.of(
            "sqlite3",
            "mysql",
            "mongoose",
            "InnoDB",
            "AUTO_INCREMENT",
            "SqlConnection(",
            "bigquery",
            "clickhouse",
            "snowflake");

    private static final Pattern POSTGRES = Pattern.compile("[Pp]ostgre|psycopg|asyncpg|\\bpg\\b|pgx|[Nn]pgsql|psql");

    private final StoredFile file;
    private final Language language;
    private final Script.Role role;
    private final String source;
    private final TestDatabases tests;
    private final Optional<Reason> ofFile;
    private Optional<Boolean> ownDatabase = Optional.empty();
    private Optional<Boolean> otherDatabase = Optional.empty();
    private Optional<Set<String>> temporary = Optional.empty();

    Harmlessness(StoredFile file, Language language, Script.Role role, String source, TestDatabases tests) {
        this.file = file;
        this.language = language;
        this.role = role;
        this.source = source;
        this.tests = tests;
        this.ofFile = FileRoles.foreign(file.path())
                ? Optional.of(Reason.VENDORED)
                : FileRoles.generated(file.path(), source) ? Optional.of(Reason.GENERATED) : Optional.empty();
    }

    Optional<Reason> of(Hit hit) {
        if (ofFile.isPresent()) {
            return ofFile;
        }
        if (ownTemporary(hit)) {
            return Optional.of(Reason.OWN_TEMPORARY);
        }
        if (Reaches.looksOnly(calls(hit))) {
            return Optional.of(Reason.PAYLOAD);
        }
        if (role == Script.Role.TEST && language != Language.SHELL) {
            return inTest(hit);
        }
        return otherDatabase() ? Optional.of(Reason.OTHER_DATABASE) : Optional.empty();
    }

    private boolean ownTemporary(Hit hit) {
        if (temporary.isEmpty()) {
            temporary = Optional.of(Decoys.temporary(source));
        }
        Set<String> names = temporary.get();
        return !hit.statement().objects().isEmpty()
                && hit.statement().objects().stream()
                        .allMatch(o -> names.contains(o.name().toLowerCase(Locale.ROOT))
                                || o.schema().filter("pg_temp"::equals).isPresent());
    }

    private Optional<Reason> inTest(Hit hit) {
        if (ownDatabase.isEmpty()) {
            ownDatabase = Optional.of(tests.own(file.path(), language, source));
        }
        if (ownDatabase.get()) {
            return Optional.of(Reason.TEST_DATABASE);
        }
        boolean sql = !hit.calls().isEmpty() || hit.text().text().regionMatches(true, 0, "delete from", 0, 11);
        boolean text = sql && language != Language.SQL && !Reaches.executes(calls(hit));
        return text ? Optional.of(Reason.PAYLOAD) : Optional.empty();
    }

    private boolean otherDatabase() {
        if (otherDatabase.isEmpty()) {
            otherDatabase = Optional.of(OTHER_DATABASE_MARKS.stream().anyMatch(source::contains)
                    && OTHER_DATABASE.matcher(source).find()
                    && !POSTGRES.matcher(source).find());
        }
        return otherDatabase.get();
    }

    private static List<String> calls(Hit hit) {
        return hit.calls().stream()
                .map(c -> c.substring(c.lastIndexOf('.') + 1))
                .toList();
    }
}
