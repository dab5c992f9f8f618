package io.github.rowsleuth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.hypothesis.Act;
import io.github.rowsleuth.hypothesis.Argument;
import io.github.rowsleuth.hypothesis.Circumstance;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.Suspect;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeOutcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Writes findings as JSON, keys in a fixed order. The schema beside this class describes it. */
final class JsonReport {

    private static final String SCHEMA_VERSION = "1.0";

    private final Findings findings;

    JsonReport(Findings findings) {
        this.findings = findings;
    }

    String text() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.setPrettyPrinter(printer);
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a string can be written to", e);
        }
        return out.append('\n').toString();
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("schemaVersion", SCHEMA_VERSION);
        json.writeStringField("verdict", findings.verdict().name());
        json.writeObjectFieldStart("incident");
        JsonFields.strings(json, "tables", findings.incident().tables());
        JsonFields.instant(json, "notBefore", findings.incident().window().notBefore());
        JsonFields.instant(json, "notAfter", findings.incident().window().notAfter());
        json.writeEndObject();
        JsonFields.each(json, "gaps", findings.gaps(), JsonReport::gap);
        JsonFields.each(json, "circumstances", findings.circumstances(), JsonReport::circumstance);
        JsonFields.each(json, "fates", findings.fates(), JsonReport::fate);
        JsonFields.each(json, "transactions", findings.transactions(), JsonTransactions::transaction);
        JsonFields.each(json, "acts", findings.acts(), JsonReport::act);
        JsonFields.each(json, "hypotheses", findings.hypotheses(), JsonReport::hypothesis);
        JsonAutomation.write(json, findings.answers(Automation.class));
        JsonFields.each(json, "preservation", findings.preservation().proposals(), JsonPreservation::proposal);
        JsonFields.each(json, "recovery", findings.recovery().options(), JsonRecovery::option);
        JsonFields.each(json, "prevention", findings.prevention().recommendations(), JsonRecovery::recommendation);
        JsonFields.each(json, "probes", findings.outcomes(), JsonReport::outcome);
        JsonFields.each(json, "evidence", findings.evidence(), JsonReport::evidence);
        json.writeEndObject();
    }

    private static void gap(JsonGenerator json, Gap gap) throws IOException {
        json.writeStringField("probe", gap.probe());
        json.writeStringField("missing", gap.missing());
        json.writeStringField("consequence", gap.consequence());
        json.writeStringField("remedy", gap.remedy());
    }

    private static void circumstance(JsonGenerator json, Circumstance circumstance) throws IOException {
        json.writeStringField("kind", circumstance.kind().name());
        json.writeStringField("claim", circumstance.claim());
        JsonFields.moment(json, circumstance.moment());
    }

    private static void fate(JsonGenerator json, TableFate fate) throws IOException {
        json.writeStringField("table", fate.table().toString());
        json.writeStringField("fate", fate.fate().name());
        json.writeBooleanField("partOfLoss", fate.partOfLoss());
        json.writeBooleanField("ofPartitions", fate.ofPartitions());
        JsonFields.number(json, "rowsBefore", fate.rowsBefore());
        JsonFields.string(json, "rowsBeforeBy", fate.rowsBeforeBy());
        JsonFields.number(json, "rowsNow", fate.rowsNow());
        JsonFields.string(json, "rowsNowBy", fate.rowsNowBy());
        JsonFields.number(json, "rowsPending", fate.rowsPending());
        JsonFields.number(json, "insertedSince", fate.insertedSince());
        JsonFields.number(json, "deletesCounted", fate.deletesCounted());
        JsonFields.string(json, "transaction", fate.transaction());
        JsonFields.strings(json, "transactions", fate.transactions());
        JsonFields.moment(json, fate.moment());
        JsonFields.strings(json, "decidedBy", fate.decidedBy());
        JsonFields.strings(json, "ambiguities", fate.ambiguities());
        JsonFields.strings(json, "remarks", fate.remarks());
        JsonFields.strings(json, "evidence", fate.evidence());
    }

    private static void act(JsonGenerator json, Act act) throws IOException {
        json.writeStringField("statement", act.statement());
        json.writeStringField("fate", act.fate().name());
        json.writeBooleanField("cascade", act.cascade());
        JsonFields.strings(json, "roots", act.roots());
        JsonFields.strings(json, "alternatives", act.alternatives());
        JsonFields.strings(json, "explains", act.explains());
        JsonFields.string(json, "schema", act.schema());
    }

    private static void hypothesis(JsonGenerator json, Hypothesis hypothesis) throws IOException {
        json.writeStringField("cause", hypothesis.cause().name());
        json.writeStringField("confidence", hypothesis.confidence().name());
        json.writeStringField("claim", hypothesis.claim());
        if (hypothesis.suspect().isPresent()) {
            json.writeObjectFieldStart("suspect");
            suspect(json, hypothesis.suspect().get());
            json.writeEndObject();
        }
        JsonFields.each(json, "joins", hypothesis.joins(), (out, join) -> {
            out.writeStringField("kind", join.kind().name());
            out.writeStringField("strength", join.strength().name());
            out.writeStringField("reason", join.reason());
            JsonFields.strings(out, "evidence", join.evidence());
        });
        JsonFields.each(json, "supporting", hypothesis.supporting(), JsonReport::argument);
        JsonFields.each(json, "contradicting", hypothesis.contradicting(), JsonReport::argument);
        JsonFields.string(json, "nextCheck", hypothesis.nextCheck());
    }

    private static void suspect(JsonGenerator json, Suspect suspect) throws IOException {
        json.writeStringField("kind", suspect.kind().name());
        json.writeStringField("name", suspect.name());
        json.writeBooleanField("indirect", suspect.indirect());
        JsonFields.string(json, "actor", suspect.actor());
        JsonFields.string(json, "automation", suspect.automation());
        if (suspect.introduced().isPresent()) {
            json.writeObjectFieldStart("introduced");
            change(json, suspect.introduced().get());
            json.writeEndObject();
        }
        JsonFields.each(json, "footprint", suspect.footprint().marks(), (out, mark) -> {
            out.writeStringField("table", mark.table().toString());
            out.writeStringField("fate", mark.fate().name());
            out.writeBooleanField("everyRow", mark.everyRow());
        });
        json.writeBooleanField("dynamic", suspect.footprint().dynamic());
        JsonFields.strings(json, "evidence", suspect.evidence());
    }

    private static void change(JsonGenerator json, FileChange change) throws IOException {
        json.writeStringField("commit", change.commit().id());
        json.writeStringField("author", change.commit().author());
        json.writeStringField("authored", change.commit().authored().toString());
        json.writeStringField("committed", change.commit().committed().toString());
        json.writeStringField("subject", change.commit().subject());
        json.writeStringField("path", change.path());
        JsonFields.strings(json, "refs", change.refs());
    }

    private static void argument(JsonGenerator json, Argument argument) throws IOException {
        json.writeStringField("text", argument.text());
        JsonFields.strings(json, "tables", argument.tables());
        JsonFields.strings(json, "evidence", argument.evidence());
    }

    private static void outcome(JsonGenerator json, ProbeOutcome<?> outcome) throws IOException {
        json.writeStringField("probe", outcome.probe());
        json.writeStringField("status", outcome.status().name());
        if (!outcome.reason().isEmpty()) {
            json.writeStringField("reason", outcome.reason());
        }
        Optional<Coverage> coverage = outcome.notes().coverage();
        if (coverage.isPresent()) {
            json.writeStringField("extent", coverage.get().extent().name());
            json.writeStringField("coverage", coverage.get().detail());
        }
    }

    private static void evidence(JsonGenerator json, Evidence evidence) throws IOException {
        json.writeStringField("id", evidence.id().value());
        json.writeStringField("observation", evidence.observation().getClass().getSimpleName());
        json.writeStringField("summary", evidence.observation().summary());
        JsonFields.strings(json, "tables", evidence.observation().tables());
        JsonFields.moment(json, evidence.moment());
        json.writeStringField("source", evidence.provenance().source());
        json.writeStringField("location", evidence.provenance().location());
        JsonFields.string(json, "excerpt", evidence.excerpt().map(Excerpt::text));
    }
}
