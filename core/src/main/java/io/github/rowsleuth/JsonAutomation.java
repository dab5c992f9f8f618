package io.github.rowsleuth;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.probe.Arming;
import io.github.rowsleuth.probe.Automation;
import io.github.rowsleuth.probe.AutomationChain;
import io.github.rowsleuth.probe.CommitRef;
import io.github.rowsleuth.probe.DatabaseAct;
import io.github.rowsleuth.probe.DueJob;
import io.github.rowsleuth.probe.ScriptAutomation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Writes who runs what, which jobs were due, and what applications do to a database by themselves. */
final class JsonAutomation {

    private JsonAutomation() {}

    static void write(JsonGenerator json, List<Automation> answers) throws IOException {
        json.writeObjectFieldStart("automation");
        JsonFields.each(
                json,
                "answers",
                answers.stream().flatMap(a -> a.answers().stream()).toList(),
                JsonAutomation::answer);
        JsonFields.each(
                json, "jobs", answers.stream().flatMap(a -> a.jobs().stream()).toList(), JsonAutomation::job);
        JsonFields.each(
                json,
                "databaseActs",
                answers.stream().flatMap(a -> a.acts().stream()).toList(),
                JsonAutomation::act);
        json.writeEndObject();
    }

    private static void answer(JsonGenerator json, ScriptAutomation answer) throws IOException {
        json.writeStringField("script", answer.script());
        json.writeStringField("standing", answer.standing().name());
        JsonFields.each(json, "chains", answer.chains(), JsonAutomation::chain);
        JsonFields.each(json, "armings", answer.armings(), JsonAutomation::arming);
        JsonFields.each(json, "references", answer.references(), (out, reference) -> {
            place(out, reference.file(), reference.line());
            out.writeBooleanField("executes", reference.executes());
            out.writeStringField("trigger", reference.trigger());
            out.writeStringField("text", reference.text().text());
            evidence(out, reference.evidence());
        });
    }

    private static void chain(JsonGenerator json, AutomationChain chain) throws IOException {
        JsonFields.each(json, "triggers", chain.triggers(), (out, trigger) -> {
            out.writeStringField("kind", trigger.kind().name());
            out.writeStringField("detail", trigger.toString());
            place(out, trigger.file(), trigger.line());
            JsonFields.strings(out, "conditions", trigger.conditions());
            JsonFields.string(out, "disabled", trigger.disabled());
        });
        JsonFields.each(json, "links", chain.links(), (out, link) -> {
            place(out, link.file(), link.line());
            out.writeStringField("part", link.part());
            out.writeStringField("how", link.how().name());
            out.writeStringField("runs", link.runs());
            JsonFields.strings(out, "conditions", link.conditions());
            JsonFields.string(out, "disabled", link.disabled());
            out.writeStringField("text", link.text().text());
            evidence(out, link.evidence());
        });
        JsonFields.string(json, "disabled", chain.disabled());
    }

    private static void arming(JsonGenerator json, Arming arming) throws IOException {
        json.writeStringField("kind", arming.kind().name());
        commit(json, "commit", Optional.of(arming.commit()));
        json.writeStringField("file", arming.file());
        JsonFields.number(json, "line", arming.line().map(Integer::longValue));
        json.writeStringField("before", arming.before());
        json.writeStringField("after", arming.after());
        commit(json, "introduced", arming.introduced());
        JsonFields.number(
                json, "secondsAfterIntroduction", arming.afterIntroduction().map(d -> d.toSeconds()));
        evidence(json, arming.evidence());
    }

    private static void job(JsonGenerator json, DueJob job) throws IOException {
        json.writeStringField("name", job.name());
        place(json, job.file(), job.line());
        json.writeStringField("expression", job.schedule().expression());
        JsonFields.string(json, "zone", job.schedule().zone());
        json.writeNumberField("timesDue", job.timesDue());
        JsonFields.strings(json, "due", job.due());
        JsonFields.instant(json, "lastDue", job.lastDue());
        JsonFields.strings(json, "doubts", job.doubts());
        JsonFields.strings(json, "conditions", job.conditions());
        JsonFields.string(json, "disabled", job.disabled());
        JsonFields.strings(json, "runs", job.runs());
        evidence(json, job.evidence());
    }

    private static void act(JsonGenerator json, DatabaseAct act) throws IOException {
        json.writeStringField("effect", act.effect().name());
        json.writeStringField("tool", act.tool());
        json.writeStringField("text", act.text().text());
        place(json, act.file(), act.line());
        JsonFields.string(json, "profile", act.profile());
        json.writeBooleanField("inEffect", act.inEffect());
        JsonFields.strings(json, "because", act.because());
        JsonFields.each(json, "chains", act.chains(), JsonAutomation::chain);
        evidence(json, act.evidence());
    }

    private static void place(JsonGenerator json, String file, int line) throws IOException {
        json.writeStringField("file", file);
        json.writeNumberField("line", line);
    }

    private static void evidence(JsonGenerator json, EvidenceId evidence) throws IOException {
        json.writeStringField("evidence", evidence.value());
    }

    private static void commit(JsonGenerator json, String key, Optional<CommitRef> commit) throws IOException {
        if (commit.isPresent()) {
            json.writeObjectFieldStart(key);
            json.writeStringField("id", commit.get().id());
            json.writeStringField("author", commit.get().author());
            json.writeStringField("authored", commit.get().authored().toString());
            json.writeStringField("committed", commit.get().committed().toString());
            json.writeStringField("subject", commit.get().subject());
            json.writeEndObject();
        }
    }
}
