package io.github.rowsleuth.hypothesis;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.probe.DroppedColumn;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import io.github.rowsleuth.transaction.TransactionEnd;
import io.github.rowsleuth.transaction.TransactionSource;
import io.github.rowsleuth.transaction.XidAnchor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The transactions that the catalogs remember: {@code xmin} of a row of {@code pg_class} is the last TRUNCATE, rewrite or
 * ALTER of its table, that of a dropped column in {@code pg_attribute} its DROP. Rows that are seen have committed.
 */
record CatalogTransactions(List<ObservedTransaction> transactions, List<XidAnchor> anchors)
        implements TransactionSource {

    static final String SOURCE = "the catalogs";

    static CatalogTransactions of(Scope scope) {
        List<ObservedTransaction> transactions = new ArrayList<>();
        for (TableScope table : scope.tables()) {
            table.catalogTransaction().ifPresent(xid -> transactions.add(written(table, xid)));
            table.droppedColumns().stream()
                    .filter(c -> c.transaction().isPresent())
                    .forEach(c -> transactions.add(dropped(table, c)));
        }
        return new CatalogTransactions(transactions, anchors(scope));
    }

    private static ObservedTransaction written(TableScope table, long xid) {
        boolean created = !table.newFile()
                && table.creationTransaction().filter(c -> c == xid).isPresent();
        TableEffect.Kind kind = created ? TableEffect.Kind.CREATED : TableEffect.Kind.ALTERED;
        Moment ended = table.catalogCommitted()
                .map(Moment::at)
                .orElse(new Moment(Optional.empty(), table.catalogCommittedBefore()));
        return committed(table, xid, kind, ended);
    }

    private static ObservedTransaction dropped(TableScope table, DroppedColumn column) {
        Moment ended = column.committed().map(Moment::at).orElse(Moment.unknown());
        return committed(table, column.transaction().orElse(0L), TableEffect.Kind.COLUMN_DROPPED, ended);
    }

    private static ObservedTransaction committed(TableScope table, long xid, TableEffect.Kind kind, Moment ended) {
        return ObservedTransaction.builder()
                .xid(xid)
                .end(TransactionEnd.COMMITTED)
                .addEffects(TableEffect.on(table.table(), kind, Optional.empty()))
                .ended(ended)
                .addAllEvidence(table.evidence())
                .build();
    }

    /** What committed by then was assigned before. */
    private static List<XidAnchor> anchors(Scope scope) {
        return scope.tables().stream()
                .flatMap(t -> Stream.concat(
                        anchor(t.catalogTransaction(), t.catalogCommitted()).stream(),
                        t.droppedColumns().stream().flatMap(c -> anchor(c.transaction(), c.committed()).stream())))
                .toList();
    }

    private static Optional<XidAnchor> anchor(Optional<Long> xid, Optional<Instant> committed) {
        return xid.flatMap(x -> committed.map(at -> new XidAnchor(x, Moment.notAfter(at), "commit time stamps")));
    }

    @Override
    public String sourceName() {
        return SOURCE;
    }
}
