package io.github.rowsleuth.git.destruction;

import io.github.rowsleuth.probe.CodeStatement.Reach;
import io.github.rowsleuth.probe.Guard;
import io.github.rowsleuth.probe.Place;
import io.github.rowsleuth.probe.Severity;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.SqlObject;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Weighs what a statement can destroy against what stands before it. */
final class Severities {

    /** What migration tools note about themselves: losing it confuses the tool, and no user misses it. */
    private static final Set<String> BOOKKEEPING = Set.of(
            "alembic_version",
            "schema_migrations",
            "ar_internal_metadata",
            "flyway_schema_history",
            "schema_version",
            "databasechangelog",
            "databasechangeloglock",
            "django_migrations",
            "_prisma_migrations",
            "__drizzle_migrations",
            "knex_migrations",
            "knex_migrations_lock",
            "sequelizemeta",
            "goose_db_version",
            "gorp_migrations",
            "__efmigrationshistory",
            "_sqlx_migrations");

    private static final Pattern TEMPORARY =
            Pattern.compile("(?i)(?:^|_|\\{)(?:te?mp|test|scratch|staging)(?:_|\\d|$|\\b).*|.*_(?:te?mp|test)\\d*}?");

    private Severities() {}

    static Severity of(DestructiveStatement statement, Place place, List<Guard> guards, Reach reach) {
        Severity severity = Severity.of(statement);
        if (all(statement, Severities::bookkeeping)
                || guards.stream().anyMatch(g -> g.kind() == Guard.Kind.ROLLED_BACK)) {
            return Severity.LOW;
        }
        if (all(statement, o -> TEMPORARY.matcher(o.name()).matches())) {
            severity = severity.lowered();
        }
        for (Guard guard : guards) {
            severity = guard.kind() == Guard.Kind.TRANSACTION ? severity : severity.lowered();
        }
        if (place.reached() == Place.Reached.ON_FAILURE || reach == Reach.WRITTEN) {
            severity = severity.lowered();
        }
        return severity;
    }

    private static boolean bookkeeping(SqlObject object) {
        return BOOKKEEPING.contains(object.name().toLowerCase(java.util.Locale.ROOT));
    }

    private static boolean all(DestructiveStatement statement, java.util.function.Predicate<SqlObject> test) {
        return !statement.objects().isEmpty() && statement.objects().stream().allMatch(test);
    }
}
