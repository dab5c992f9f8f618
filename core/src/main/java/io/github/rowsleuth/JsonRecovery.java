package io.github.rowsleuth;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rowsleuth.prevention.Recommendation;
import io.github.rowsleuth.recovery.RecoveryOption;
import io.github.rowsleuth.recovery.RecoveryTarget;
import java.io.IOException;
import java.util.List;

/** Writes the ways to bring rows back, and what would keep them from being lost again. */
final class JsonRecovery {

    private JsonRecovery() {}

    static void option(JsonGenerator json, RecoveryOption option) throws IOException {
        json.writeStringField("way", option.way().name());
        json.writeStringField("feasibility", option.feasibility().name());
        json.writeStringField("reason", option.reason());
        JsonFields.string(json, "source", option.source());
        JsonFields.each(json, "returns", option.returns(), JsonRecovery::returned);
        JsonFields.moment(json, option.upTo());
        JsonFields.strings(
                json, "settings", option.target().map(RecoveryTarget::settings).orElse(List.of()));
        JsonFields.string(json, "expiry", option.expiry());
        JsonFields.strings(json, "steps", option.steps());
        JsonFields.strings(json, "commands", option.commands());
        JsonFields.strings(json, "risks", option.risks());
        JsonFields.strings(json, "evidence", option.evidence());
    }

    private static void returned(JsonGenerator json, RecoveryOption.Return returned) throws IOException {
        json.writeStringField("table", returned.table().toString());
        JsonFields.number(json, "rows", returned.rows());
    }

    static void recommendation(JsonGenerator json, Recommendation recommendation) throws IOException {
        json.writeStringField("kind", recommendation.kind().name());
        json.writeStringField("target", recommendation.target());
        json.writeStringField("change", recommendation.change());
        JsonFields.strings(json, "commands", recommendation.commands());
        json.writeStringField("prevents", recommendation.prevents());
        JsonFields.strings(json, "evidence", recommendation.evidence());
    }
}
