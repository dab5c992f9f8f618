package io.github.rowsleuth.postgres;

import io.github.rowsleuth.sql.SqlText;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a trigger function in PL/pgSQL lets a deletion happen, as far as its text tells. A row-level BEFORE trigger that
 * returns null skips the row without a word (PostgreSQL documentation, "Trigger Functions in PL/pgSQL"), and NEW is null
 * in a deletion.
 */
final class TriggerBody {

    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"]|\"\")*+\"");
    private static final Pattern RETURN = Pattern.compile("\\breturn\\b\\s*+([^;]*+);");
    private static final Pattern RAISE =
            Pattern.compile("\\braise\\b\\s*+(?!debug\\b|log\\b|info\\b|notice\\b|warning\\b|;)");
    private static final Pattern DECIDES = Pattern.compile("\\b(if|case|loop|when|exception)\\b");

    /** Without comments, values and quoted names, in small letters. */
    private final String code;

    TriggerBody(String source) {
        this.code = QUOTED.matcher(SqlText.redact(source)).replaceAll("x").toLowerCase(Locale.ROOT);
    }

    /** {@return whether it suppresses deletions: {@code true} all of them, {@code false} perhaps some; empty if none} */
    Optional<Boolean> suppresses() {
        boolean none = false;
        boolean fresh = false;
        boolean other = false;
        for (Matcher found = RETURN.matcher(code); found.find(); ) {
            String value = found.group(1).strip();
            none |= value.equals("null");
            fresh |= value.equals("new");
            other |= !value.equals("null") && !value.equals("new");
        }
        if (!none && !fresh) {
            return Optional.empty();
        }
        if (!other) {
            return Optional.of(true);
        }
        // "IF TG_OP = 'DELETE' THEN RETURN OLD" before "RETURN NEW" lets deletions happen.
        return none || !code.contains("tg_op") ? Optional.of(false) : Optional.empty();
    }

    /** {@return whether it fails the statement: {@code true} always, {@code false} perhaps; empty if never} */
    Optional<Boolean> fails() {
        return RAISE.matcher(code).find()
                ? Optional.of(!DECIDES.matcher(code.replace("raise exception", "raise"))
                        .find())
                : Optional.empty();
    }
}
