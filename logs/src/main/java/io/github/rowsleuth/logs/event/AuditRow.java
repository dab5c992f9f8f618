package io.github.rowsleuth.logs.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row of pgaudit: {@code AUDIT: type,statement,substatement,class,command,object type,object,sql,parameters[,rows]}
 * (README of pgaudit, "Format").
 *
 * @param statementId tells the statements of a session apart
 * @param command the command, such as {@code DELETE} or {@code TRUNCATE TABLE}
 * @param object the object, with its schema, empty where pgaudit does not name it
 * @param sql the text of the statement, empty where it was logged with the row before
 * @param rows the rows, with {@code pgaudit.log_rows}
 */
record AuditRow(String statementId, String command, String object, String sql, Optional<Long> rows) {

    private static final String MARK = "AUDIT: ";
    private static final int FEWEST = 9;
    private static final String NOT_AGAIN = "<previously logged>";

    /** {@return the row, if the message is one} */
    static Optional<AuditRow> of(String message) {
        if (!message.startsWith(MARK)) {
            return Optional.empty();
        }
        List<String> columns = columns(message.substring(MARK.length()));
        if (columns.size() < FEWEST) {
            return Optional.empty();
        }
        String sql = columns.get(7).strip();
        return Optional.of(new AuditRow(
                columns.get(1),
                columns.get(4),
                columns.get(6),
                sql.equals(NOT_AGAIN) || sql.equals("<not logged>") ? "" : sql,
                columns.size() > 9 ? number(columns.get(9)) : Optional.empty()));
    }

    private static Optional<Long> number(String digits) {
        try {
            return Optional.of(Long.valueOf(digits.strip()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static List<String> columns(String text) {
        List<String> columns = new ArrayList<>();
        int at = 0;
        while (at <= text.length()) {
            if (at < text.length() && text.charAt(at) == '"') {
                StringBuilder value = new StringBuilder();
                at++;
                while (at < text.length() && (text.charAt(at) != '"' || text.startsWith("\"\"", at))) {
                    value.append(text.charAt(at));
                    at += text.charAt(at) == '"' ? 2 : 1;
                }
                columns.add(value.toString());
                int comma = text.indexOf(',', Math.min(at, text.length()));
                at = comma < 0 ? text.length() + 1 : comma + 1;
            } else {
                int comma = text.indexOf(',', at);
                columns.add(text.substring(at, comma < 0 ? text.length() : comma));
                at = comma < 0 ? text.length() + 1 : comma + 1;
            }
        }
        return columns;
    }
}
