package io.github.rowsleuth;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Times as people type them. */
final class Times {

    private Times() {}

    static Instant parse(String text) {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvestigationException("expected a time with a zone such as 2026-03-01T07:10Z or"
                    + " 2026-03-01T08:10+01:00, found '" + text + "'; a time without zone is ambiguous");
        }
    }
}
