package io.github.rowsleuth.recovery;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.hypothesis.CaseFile;
import io.github.rowsleuth.hypothesis.Conclusions;
import io.github.rowsleuth.hypothesis.Fate;
import io.github.rowsleuth.hypothesis.TableFate;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.RemovingTransaction;
import io.github.rowsleuth.transaction.TransactionEnd;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What has to come back.
 *
 * @param tables the tables hit
 * @param transactions the committed transactions that hit them, in the order of their commits as far as that is known
 * @param moment when it happened
 */
record Loss(List<TableFate> tables, List<RemovingTransaction> transactions, Moment moment) {

    private static final Lsn LAST = new Lsn(-1);

    static Loss of(CaseFile file, Conclusions conclusions) {
        List<TableFate> hit =
                conclusions.fates().stream().filter(TableFate::hit).toList();
        List<RemovingTransaction> culprits = conclusions.transactions().stream()
                .filter(t -> t.end() == TransactionEnd.COMMITTED)
                .filter(t -> hit.stream()
                        .anyMatch(f -> t.on(f.table()).anyMatch(e -> e.kind().removes())))
                .sorted(Comparator.comparing(
                                (RemovingTransaction t) -> t.endLsn().orElse(LAST))
                        .thenComparingLong(RemovingTransaction::xid))
                .toList();
        return new Loss(hit, culprits, moment(file, hit, culprits));
    }

    /** From the first of the fates and commits that are dated; what is not, lies in the window of the incident. */
    private static Moment moment(CaseFile file, List<TableFate> hit, List<RemovingTransaction> culprits) {
        List<Moment> dated = Stream.concat(
                        hit.stream().map(TableFate::moment), culprits.stream().map(RemovingTransaction::ended))
                .toList();
        Optional<Instant> earliest =
                dated.stream().flatMap(m -> m.earliest().stream()).min(Comparator.naturalOrder());
        Optional<Instant> latest =
                dated.stream().flatMap(m -> m.latest().stream()).max(Comparator.naturalOrder());
        return new Moment(
                earliest.or(() -> file.incident().window().notBefore()),
                latest.or(() -> file.incident().window().notAfter()));
    }

    /** The tables whose rows were marked as deleted, and not thrown away with their file. */
    List<TableFate> markedOnly() {
        return tables.stream()
                .filter(f -> f.fate() == Fate.DELETED || f.fate() == Fate.CASCADED)
                .toList();
    }

    Optional<Long> rowsLost(TableFate table) {
        return table.rowsBefore()
                .flatMap(before -> table.rowsNow()
                        .map(now -> before - now + table.insertedSince().orElse(0L)))
                .filter(lost -> lost > 0);
    }

    List<EvidenceId> evidence() {
        return tables.stream()
                .flatMap(f -> f.evidence().stream())
                .distinct()
                .sorted()
                .toList();
    }
}
