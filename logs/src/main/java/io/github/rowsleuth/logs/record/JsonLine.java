package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.time.Stamp;
import io.github.rowsleuth.logs.time.StampReader;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A record as JSON: jsonlog of PostgreSQL 15 and newer (src/backend/utils/error/jsonlog.c), and the records of
 * CloudNativePG, which carry the columns of csvlog under their names.
 */
final class JsonLine {

    private JsonLine() {}

    /** {@return the record, empty if the object is none} */
    static Optional<RecordLine> of(JsonObject json) {
        if (json.has("error_severity") && json.has("timestamp")) {
            return Optional.of(jsonlog(json));
        }
        if (json.has("record.error_severity") && json.has("record.log_time")) {
            return Optional.of(operator(json));
        }
        return json.text("protoPayload.request.@type").endsWith("PgAuditEntry")
                ? Optional.of(audit(json))
                : Optional.empty();
    }

    private static RecordLine jsonlog(JsonObject json) {
        return new RecordLine.Builder()
                .stamp(StampReader.parse(json.text("timestamp")))
                .field('u', json.text("user"))
                .field('d', json.text("dbname"))
                .field('p', json.text("pid"))
                .field('h', json.text("remote_host"))
                .field('c', json.text("session_id"))
                .field('l', json.text("line_num"))
                .field('i', json.text("ps"))
                .began(StampReader.parse(json.text("session_start")))
                .field('v', json.text("vxid"))
                .field('x', json.text("txid"))
                .field('e', json.text("state_code"))
                .field('a', json.text("application_name"))
                .field('b', json.text("backend_type"))
                .field('Q', json.text("query_id"))
                .severity(json.text("error_severity"))
                .message(json.text("message"))
                .part(Part.DETAIL, json.text("detail"))
                .part(Part.CONTEXT, json.text("context"))
                .part(Part.STATEMENT, json.text("statement"))
                .build();
    }

    private static RecordLine operator(JsonObject json) {
        return new RecordLine.Builder()
                .stamp(StampReader.parse(json.text("record.log_time")))
                .field('u', json.text("record.user_name"))
                .field('d', json.text("record.database_name"))
                .field('p', json.text("record.process_id"))
                .field('r', json.text("record.connection_from"))
                .field('c', json.text("record.session_id"))
                .field('l', json.text("record.session_line_num"))
                .field('i', json.text("record.command_tag"))
                .began(StampReader.parse(json.text("record.session_start_time")))
                .field('v', json.text("record.virtual_transaction_id"))
                .field('x', json.text("record.transaction_id"))
                .field('e', json.text("record.sql_state_code"))
                .field('a', json.text("record.application_name"))
                .field('b', json.text("record.backend_type"))
                .field('Q', json.text("record.query_id"))
                .severity(json.text("record.error_severity"))
                .message(
                        json.has("record.audit.command")
                                ? auditRow(json, "record.audit.")
                                : json.text("record.message"))
                .part(Part.DETAIL, json.text("record.detail"))
                .part(Part.CONTEXT, json.text("record.context"))
                .part(Part.STATEMENT, json.text("record.query"))
                .build();
    }

    /** CloudNativePG takes the rows of pgaudit apart; they are put together as pgaudit writes them. */
    private static String auditRow(JsonObject json, String path) {
        return "AUDIT: "
                + Stream.of(
                                "audit_type",
                                "statement_id",
                                "substatement_id",
                                "class",
                                "command",
                                "object_type",
                                "object_name",
                                "statement",
                                "parameter",
                                "rows")
                        .map(name -> json.get(path + name))
                        .flatMap(Optional::stream)
                        .map(JsonLine::quoted)
                        .collect(Collectors.joining(","));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\"", "\"\"") + '"';
    }

    /** Google Cloud writes the rows of pgaudit into its own audit log. */
    private static RecordLine audit(JsonObject json) {
        String path = "protoPayload.request.";
        String row = "AUDIT: "
                + Stream.of(
                                "auditType",
                                "statementId",
                                "substatementId",
                                "auditClass",
                                "command",
                                "objectType",
                                "object",
                                "statement",
                                "parameter")
                        .map(name -> quoted(json.text(path + name)))
                        .collect(Collectors.joining(","));
        Stamp stamp = StampReader.parse(json.text("timestamp"));
        return new RecordLine.Builder()
                .stamp(stamp)
                .field('u', json.text(path + "user"))
                .field('d', json.text(path + "database"))
                .message(row)
                .build();
    }
}
