package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.server.CountedStatement;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.DestructiveStatements;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One row of {@code pg_stat_statements}.
 *
 * @param hidden whether its text is kept from the role, or was lost
 * @param statement what it says, where it is destructive
 */
record CountedText(boolean hidden, Optional<CountedStatement> statement) {

    static final Comparator<CountedStatement> ORDER = Comparator.comparingLong(CountedStatement::rows)
            .reversed()
            .thenComparing(s -> s.text().text())
            .thenComparing(s -> s.role().orElse(""))
            .thenComparing(s -> s.queryId().orElse(0L))
            .thenComparing(s -> s.topLevel().orElse(false));

    // As src/backend/utils/adt/ri_triggers.c writes it (RI_FKey_cascade_del); nobody else qualifies the operator.
    private static final Pattern CASCADE = Pattern.compile(
            "DELETE FROM (ONLY )?\"(?:[^\"]|\"\")++\"\\.\"(?:[^\"]|\"\")++\" WHERE \\$1(::\\S+)? OPERATOR\\(");

    static CountedText of(Row row) throws SQLException {
        boolean hidden = row.flag("hidden");
        return new CountedText(hidden, hidden ? Optional.empty() : statement(row, row.text("query")));
    }

    private static Optional<CountedStatement> statement(Row row, String text) throws SQLException {
        List<DestructiveStatement> destructive = DestructiveStatements.in(text);
        if (destructive.isEmpty() || onlyDefines(text, destructive)) {
            return Optional.empty();
        }
        long id = row.number("queryid");
        Optional<Boolean> topLevel = row.optionalFlag("top_level");
        return Optional.of(CountedStatement.builder()
                .destructive(destructive)
                .text(Excerpt.ofSql(text))
                .queryId(id == 0 ? Optional.empty() : Optional.of(id))
                .role(row.optionalText("role"))
                .calls(row.number("calls"))
                .rows(row.number("rows"))
                .topLevel(topLevel)
                .cascade(!topLevel.orElse(false) && CASCADE.matcher(text).lookingAt())
                .since(row.instant("since"))
                .build());
    }

    /** A {@code CREATE FUNCTION} or {@code CREATE RULE} deletes nothing; what is prepared is counted when it runs. */
    private static boolean onlyDefines(String text, List<DestructiveStatement> destructive) {
        return destructive.stream().allMatch(DestructiveStatement::deferred)
                && text.stripLeading().toLowerCase(Locale.ROOT).startsWith("create");
    }
}
