package io.github.rowsleuth.probe;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Excerpt;
import java.util.List;
import java.util.Optional;

/**
 * One place on the way.
 *
 * @param part what is being run there, such as {@code target clean} or {@code service web}; empty for a whole file
 * @param file the file, within the repository
 * @param line the line that runs the next link, from 1
 * @param how in which way it runs the next link
 * @param runs what it runs: a path, with the part of it in brackets where it is not the whole, or a command
 * @param conditions what must hold for it to be reached
 * @param disabled why it is never reached, where that is so
 * @param text what stands there, secrets removed
 * @param evidence where it was recorded
 */
public record AutomationLink(
        String part,
        String file,
        int line,
        How how,
        String runs,
        List<RunCondition> conditions,
        Optional<String> disabled,
        Excerpt text,
        EvidenceId evidence) {

    /** In which way a place runs another. */
    public enum How {
        /** It starts it as a program, or hands it to one: {@code python x.py}, {@code psql -f x.sql}. */
        RUNS,
        /** It loads it as code, which runs what stands at its top level. */
        IMPORTS,
        /** It calls a function of it. */
        CALLS,
        /** It reads it and executes what it read. */
        READS,
        /** It tells a coding agent to run it. */
        INSTRUCTS
    }

    /** Copies the list. */
    public AutomationLink {
        conditions = List.copyOf(conditions);
    }

    @Override
    public String toString() {
        return file + ":" + line + (part.isEmpty() ? "" : " (" + part + ")");
    }
}
