package io.github.rowsleuth;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rowsleuth.transaction.RemovingTransaction;
import java.io.IOException;

/** Writes the transactions that removed rows. */
final class JsonTransactions {

    private JsonTransactions() {}

    static void transaction(JsonGenerator json, RemovingTransaction transaction) throws IOException {
        json.writeStringField("xid", Long.toString(transaction.xid()));
        JsonFields.strings(json, "subtransactions", transaction.subtransactions());
        json.writeStringField("end", transaction.end().name());
        JsonFields.each(json, "effects", transaction.effects(), JsonTransactions::effect);
        json.writeObjectFieldStart("started");
        JsonFields.moment(json, transaction.started());
        json.writeEndObject();
        json.writeObjectFieldStart("ended");
        JsonFields.moment(json, transaction.ended());
        json.writeEndObject();
        JsonFields.string(json, "datedBy", transaction.datedBy());
        JsonFields.string(json, "firstLsn", transaction.firstLsn());
        JsonFields.string(json, "endLsn", transaction.endLsn());
        JsonFields.string(json, "gid", transaction.gid());
        JsonFields.strings(json, "sources", transaction.sources());
        JsonFields.strings(json, "disagreements", transaction.disagreements());
        JsonFields.strings(json, "remarks", transaction.remarks());
        JsonFields.strings(json, "evidence", transaction.evidence());
    }

    private static void effect(JsonGenerator json, RemovingTransaction.Effect effect) throws IOException {
        JsonFields.string(json, "table", effect.table());
        json.writeStringField("relation", effect.relation());
        json.writeStringField("kind", effect.kind().name());
        JsonFields.each(json, "counts", effect.counts(), (out, count) -> {
            out.writeStringField("source", count.source());
            JsonFields.number(out, "rows", count.rows());
        });
    }
}
