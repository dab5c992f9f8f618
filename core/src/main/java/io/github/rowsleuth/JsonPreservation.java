package io.github.rowsleuth;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rowsleuth.preservation.Proposal;
import java.io.IOException;
import java.time.Duration;

/** Writes what is proposed to keep evidence from vanishing. */
final class JsonPreservation {

    private JsonPreservation() {}

    static void proposal(JsonGenerator json, Proposal proposal) throws IOException {
        json.writeStringField("kind", proposal.kind().name());
        json.writeStringField("action", proposal.action());
        json.writeStringField("reason", proposal.reason());
        JsonFields.strings(json, "tables", proposal.tables());
        JsonFields.strings(json, "commands", proposal.commands());
        JsonFields.strings(json, "undo", proposal.undo());
        json.writeStringField("price", proposal.price());
        json.writeStringField("privilege", proposal.privilege());
        json.writeStringField("expiry", proposal.expiry().text());
        JsonFields.number(json, "withinSeconds", proposal.expiry().within().map(Duration::toSeconds));
        JsonFields.strings(json, "evidence", proposal.evidence());
    }
}
