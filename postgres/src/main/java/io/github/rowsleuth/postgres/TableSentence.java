package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.DroppedColumn;
import io.github.rowsleuth.probe.SequenceState;
import io.github.rowsleuth.probe.TableScope;
import java.util.List;
import java.util.Optional;

/** What the catalogs tell of one table, in one sentence. */
final class TableSentence {

    private final TableScope table;
    private final StringBuilder text = new StringBuilder();

    private TableSentence(TableScope table) {
        this.table = table;
    }

    static String of(TableScope table) {
        return new TableSentence(table).write();
    }

    private String write() {
        text.append(table.table()).append(file());
        table.creationTransaction().ifPresent(t -> add("created in transaction " + t + " or before"));
        kin();
        columns(table.droppedColumns());
        table.sequences().forEach(this::sequence);
        visibility();
        if (!table.logged()) {
            add("unlogged: a crash empties it");
        }
        return text.toString();
    }

    private void add(String clause) {
        text.append("; ").append(clause);
    }

    private String file() {
        Optional<Long> written = table.catalogTransaction();
        if (table.newFile()) {
            return " has file " + table.filenode() + ", was created as " + table.oid() + ": truncated or rewritten"
                    + written.map(w -> " in transaction " + w + " at the latest")
                            .orElse("");
        }
        return (table.filenode() == 0 ? " has no file of its own" : " has the file it was created with")
                + written.map(w -> ", last altered in transaction " + w).orElse("");
    }

    private void kin() {
        if (!table.formerNames().isEmpty()) {
            add("its indexes, constraints or sequences bear the name of " + String.join(", ", table.formerNames())
                    + ": it was renamed");
        }
        table.partitionOf().ifPresent(up -> add((table.detaching() ? "being detached from " : "a partition of ") + up));
        table.resemblesPartitionOf()
                .ifPresent(up -> add("has the columns of " + up + ", and is none of its partitions: it may have been"
                        + " detached"));
        if (!table.inheritsFrom().isEmpty()) {
            add("inherits from " + table.inheritsFrom());
        }
    }

    private void columns(List<DroppedColumn> dropped) {
        if (!dropped.isEmpty()) {
            Optional<Long> last =
                    dropped.stream().flatMap(c -> c.transaction().stream()).max(Long::compare);
            add(dropped.size() + " of its columns were dropped"
                    + last.map(t -> ", the last in transaction " + t).orElse("")
                    + ": their values stay until each row is written anew");
        }
    }

    private void sequence(SequenceState sequence) {
        sequence.lastValue()
                .ifPresent(value -> add("its sequence " + sequence.name() + " has counted to " + value
                        + (sequence.restarted() ? " since it was restarted or altered" : "")));
        if (sequence.lastValue().isEmpty() && sequence.restarted()) {
            add("its sequence " + sequence.name() + " was restarted or altered"
                    + (sequence.read() ? ", and has counted nothing since" : ""));
        }
    }

    private void visibility() {
        if (table.rowsHidden()) {
            add("row-level security hides rows from the examining role");
        } else if (table.rowSecurity()) {
            add("row-level security can hide its rows" + (table.rowSecurityForced() ? ", also from its owner" : ""));
        }
        if (table.accessMethod().filter(m -> !m.equals("heap")).isPresent()) {
            add("its access method is " + table.accessMethod().orElse(""));
        }
    }
}
