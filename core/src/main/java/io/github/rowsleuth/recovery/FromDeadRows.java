package io.github.rowsleuth.recovery;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.incident.TableIndex;
import io.github.rowsleuth.recovery.RecoveryOption.Feasibility;
import io.github.rowsleuth.recovery.RecoveryOption.Return;
import io.github.rowsleuth.recovery.RecoveryOption.Way;
import io.github.rowsleuth.transaction.DeadRows;
import io.github.rowsleuth.transaction.TablePages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deleted rows stay on their pages until vacuum or an ordinary read prunes them. */
final class FromDeadRows {

    private static final String EXPIRY =
            "the next vacuum, or the next ordinary read of a full page, takes them; see what is proposed for now";
    private static final List<String> RISKS = List.of(
            "values that were stored out of line lie in the TOAST table, whose pages are needed too",
            "rows of other deletions lie there as well: choose by transaction");

    private final CaseFile file;
    private final Loss loss;

    FromDeadRows(CaseFile file, Loss loss) {
        this.file = file;
        this.loss = loss;
    }

    List<RecoveryOption> options() {
        List<TableFate> marked = loss.markedOnly();
        RecoveryOption.Builder option = RecoveryOption.builder().way(Way.DEAD_ROWS);
        if (marked.isEmpty()) {
            return List.of(option.feasibility(Feasibility.RULED_OUT)
                    .reason("the files that held the rows are gone with the tables' old contents")
                    .evidence(loss.evidence())
                    .build());
        }
        Optional<DeadRows> pages = file.answer(DeadRows.class);
        return List.of(pages.isEmpty() ? unread(option) : read(option, pages.get()));
    }

    private RecoveryOption unread(RecoveryOption.Builder option) {
        return option.feasibility(Feasibility.UNKNOWN)
                .reason("the pages were not read")
                .expiry(EXPIRY)
                .addSteps("let a superuser, or a role that may use the page reader, look: the probe postgres.dead-rows")
                .risks(RISKS)
                .build();
    }

    private RecoveryOption read(RecoveryOption.Builder option, DeadRows pages) {
        List<Return> returns = new ArrayList<>();
        List<EvidenceId> evidence = new ArrayList<>();
        boolean all = true;
        TableIndex<TablePages> index = TableIndex.of(pages.pages(), TablePages::table);
        for (TableFate fate : loss.tables()) {
            Optional<TablePages> found = index.exactly(fate.table());
            long there = found.map(TablePages::deleted).orElse(0L);
            all &= there > 0 && loss.rowsLost(fate).filter(lost -> lost > there).isEmpty();
            found.ifPresent(p -> evidence.addAll(p.evidence()));
            if (there > 0) {
                returns.add(new Return(fate.table(), Optional.of(there)));
            }
        }
        if (returns.isEmpty()) {
            return option.feasibility(Feasibility.RULED_OUT)
                    .reason("no deleted row is left on the pages: they were pruned or vacuumed")
                    .evidence(evidence)
                    .build();
        }
        return option.feasibility(all ? Feasibility.SHOWN : Feasibility.PARTLY_SHOWN)
                .reason("the deleted rows were counted on the pages")
                .returns(returns)
                .upTo(loss.moment())
                .expiry(EXPIRY)
                .addSteps(
                        "do not read, vacuum, analyze, dump or explain these tables",
                        "copy the pages first: Postgres.keepingPagesIn(folder), or a copy of the data directory",
                        "take the rows out of the copy, by transaction, and insert them into a new table",
                        "compare, then insert what is missing, parents before children")
                .risks(RISKS)
                .evidence(evidence)
                .build();
    }
}
