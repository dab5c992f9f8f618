package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.DroppedColumn;
import io.github.rowsleuth.probe.SequenceState;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TablePages;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What befell a table beside the fate of its rows: it is said, and decides nothing. */
final class Remarks {

    private final TableEvidence evidence;

    Remarks(TableEvidence evidence) {
        this.evidence = evidence;
    }

    TableFate.Builder addTo(TableFate.Builder fate) {
        long pending = pendingRows();
        if (pending > 0) {
            fate.rowsPending(pending);
        }
        return fate.addAllRemarks(pending())
                .addAllRemarks(columns())
                .addAllRemarks(sequences())
                .addAllRemarks(policies());
    }

    private List<Touch> unfinished() {
        return Stream.of(TransactionEnd.PREPARED, TransactionEnd.IN_PROGRESS)
                .flatMap(end -> evidence.touches().stream().filter(t -> t.end() == end))
                .filter(Touch::removes)
                .toList();
    }

    private long pendingRows() {
        return Math.max(
                TableEvidence.rowsDeletedBy(unfinished()),
                evidence.pages().map(TablePages::deletionsPending).orElse(0L));
    }

    private List<String> pending() {
        List<String> sentences =
                new ArrayList<>(unfinished().stream().map(this::pending).toList());
        if (sentences.isEmpty() && pendingRows() > 0) {
            sentences.add(pendingRows() + " rows are deleted by a transaction that has not ended: they are lost once it"
                    + " commits");
        }
        return sentences;
    }

    private String pending(Touch transaction) {
        long rows = transaction.rowsDeleted();
        boolean truncates = transaction.did(TableEffect.Kind.TRUNCATED);
        String does = truncates ? "truncates it" : rows > 0 ? "deletes " + rows + " of its rows" : "removes rows of it";
        String waits = transaction.end() == TransactionEnd.PREPARED
                ? "is prepared"
                        + transaction
                                .transaction()
                                .gid()
                                .map(g -> " as '" + g + "'")
                                .orElse("") + " and waits for its commit"
                : "still runs";
        return "transaction " + transaction.xid() + " " + does + " and " + waits + ": they are lost once it commits";
    }

    private List<String> columns() {
        return evidence.scope().droppedColumns().stream()
                .filter(c -> c.transaction().isPresent())
                .map(Remarks::dropped)
                .toList();
    }

    private static String dropped(DroppedColumn column) {
        Moment when = column.committed().map(Moment::at).orElse(Moment.unknown());
        return "its column " + column.position() + " was dropped in transaction "
                + column.transaction().orElse(0L) + (when.equals(Moment.unknown()) ? "" : " at " + when)
                + ": values are gone, no rows; they stay on the pages until a row is written anew";
    }

    /** Only where the counters do not know of every row; a value can be drawn without a row. */
    private List<String> sequences() {
        if (evidence.countersComplete()) {
            return List.of();
        }
        long now = evidence.rowsNow().orElse(0L);
        String there =
                evidence.rowsNow().map(n -> n + " rows are there").orElse("nothing counts the rows that are there");
        return evidence.scope().sequences().stream()
                .filter(s -> given(s) > now)
                .map(s -> "its sequence " + s.name() + " gave out " + given(s) + " values, and " + there
                        + ": rows existed that are gone, or values were drawn without a row")
                .toList();
    }

    static long given(SequenceState sequence) {
        return sequence.increment() == 0 ? 0 : sequence.lastValue().orElse(0L) / sequence.increment();
    }

    private List<String> policies() {
        return evidence.scope().rowSecurity() && !evidence.scope().rowsHidden() && evidence.named()
                ? List.of("row-level security is on: a role that its policies leave out sees fewer rows")
                : List.of();
    }
}
