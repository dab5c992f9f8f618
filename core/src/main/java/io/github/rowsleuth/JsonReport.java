package io.github.rowsleuth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.github.rowsleuth.evidence.Evidence;
import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.hypothesis.Act;
import io.github.rowsleuth.hypothesis.Argument;
import io.github.rowsleuth.hypothesis.Hypothesis;
import io.github.rowsleuth.hypothesis.Suspect;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.FileChange;
import io.github.rowsleuth.probe.Gap;
import io.github.rowsleuth.probe.ProbeOutcome;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
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
        strings(json, "tables", findings.incident().tables());
        instant(json, "notBefore", findings.incident().window().notBefore());
        instant(json, "notAfter", findings.incident().window().notAfter());
        json.writeEndObject();
        each(json, "gaps", findings.gaps(), JsonReport::gap);
        each(json, "fates", findings.fates(), JsonReport::fate);
        each(json, "acts", findings.acts(), JsonReport::act);
        each(json, "hypotheses", findings.hypotheses(), JsonReport::hypothesis);
        each(json, "probes", findings.outcomes(), JsonReport::outcome);
        each(json, "evidence", findings.evidence(), JsonReport::evidence);
        json.writeEndObject();
    }

    private static void gap(JsonGenerator json, Gap gap) throws IOException {
        json.writeStringField("probe", gap.probe());
        json.writeStringField("missing", gap.missing());
        json.writeStringField("consequence", gap.consequence());
        json.writeStringField("remedy", gap.remedy());
    }

    private static void fate(JsonGenerator json, TableFate fate) throws IOException {
        json.writeStringField("table", fate.table().toString());
        json.writeStringField("fate", fate.fate().name());
        json.writeBooleanField("partOfLoss", fate.partOfLoss());
        number(json, "rowsBefore", fate.rowsBefore());
        number(json, "rowsNow", fate.rowsNow());
        number(json, "insertedSince", fate.insertedSince());
        number(json, "deletesCounted", fate.deletesCounted());
        string(json, "transaction", fate.transaction());
        moment(json, fate.moment());
        strings(json, "decidedBy", fate.decidedBy());
        strings(json, "ambiguities", fate.ambiguities());
        strings(json, "evidence", fate.evidence());
    }

    private static void act(JsonGenerator json, Act act) throws IOException {
        json.writeStringField("statement", act.statement());
        json.writeStringField("fate", act.fate().name());
        json.writeBooleanField("cascade", act.cascade());
        strings(json, "roots", act.roots());
        strings(json, "alternatives", act.alternatives());
        strings(json, "explains", act.explains());
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
        each(json, "supporting", hypothesis.supporting(), JsonReport::argument);
        each(json, "contradicting", hypothesis.contradicting(), JsonReport::argument);
        string(json, "nextCheck", hypothesis.nextCheck());
    }

    private static void suspect(JsonGenerator json, Suspect suspect) throws IOException {
        json.writeStringField("kind", suspect.kind().name());
        json.writeStringField("name", suspect.name());
        json.writeBooleanField("indirect", suspect.indirect());
        string(json, "automation", suspect.automation());
        if (suspect.introduced().isPresent()) {
            json.writeObjectFieldStart("introduced");
            change(json, suspect.introduced().get());
            json.writeEndObject();
        }
        each(json, "footprint", suspect.footprint().marks(), (out, mark) -> {
            out.writeStringField("table", mark.table().toString());
            out.writeStringField("fate", mark.fate().name());
            out.writeBooleanField("everyRow", mark.everyRow());
        });
        json.writeBooleanField("dynamic", suspect.footprint().dynamic());
        strings(json, "evidence", suspect.evidence());
    }

    private static void change(JsonGenerator json, FileChange change) throws IOException {
        json.writeStringField("commit", change.commit().id());
        json.writeStringField("author", change.commit().author());
        json.writeStringField("authored", change.commit().authored().toString());
        json.writeStringField("committed", change.commit().committed().toString());
        json.writeStringField("subject", change.commit().subject());
        json.writeStringField("path", change.path());
        strings(json, "refs", change.refs());
    }

    private static void argument(JsonGenerator json, Argument argument) throws IOException {
        json.writeStringField("text", argument.text());
        strings(json, "tables", argument.tables());
        strings(json, "evidence", argument.evidence());
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
        strings(json, "tables", evidence.observation().tables());
        moment(json, evidence.moment());
        json.writeStringField("source", evidence.provenance().source());
        json.writeStringField("location", evidence.provenance().location());
        string(json, "excerpt", evidence.excerpt().map(Excerpt::text));
    }

    private static void moment(JsonGenerator json, Moment moment) throws IOException {
        instant(json, "earliest", moment.earliest());
        instant(json, "latest", moment.latest());
    }

    private static void instant(JsonGenerator json, String key, Optional<Instant> value) throws IOException {
        string(json, key, value);
    }

    private static void string(JsonGenerator json, String key, Optional<?> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(key, value.get().toString());
        }
    }

    private static void number(JsonGenerator json, String key, Optional<Long> value) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(key, value.get());
        }
    }

    private static void strings(JsonGenerator json, String key, Collection<?> values) throws IOException {
        json.writeArrayFieldStart(key);
        for (Object value : values) {
            json.writeString(value.toString());
        }
        json.writeEndArray();
    }

    private interface Body<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    private static <T> void each(JsonGenerator json, String key, Collection<T> values, Body<T> body)
            throws IOException {
        json.writeArrayFieldStart(key);
        for (T value : values) {
            json.writeStartObject();
            body.write(json, value);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
