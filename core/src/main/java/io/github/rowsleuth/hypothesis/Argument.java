package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.incident.TableName;
import java.util.List;

/**
 * One reason for or against a hypothesis.
 *
 * @param text the reason, one sentence without a full stop
 * @param tables the tables that decide it
 * @param evidence the evidence it rests on
 */
public record Argument(String text, List<TableName> tables, List<EvidenceId> evidence) {

    /** Copies the lists. */
    public Argument {
        tables = List.copyOf(tables);
        evidence = List.copyOf(evidence);
    }

    @Override
    public String toString() {
        return text;
    }
}
