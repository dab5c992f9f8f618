package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.postgres.wal.CommitTimes;
import io.github.rowsleuth.postgres.wal.Effects;
import io.github.rowsleuth.postgres.wal.FileOwners;
import io.github.rowsleuth.postgres.wal.LoggedTransaction;
import io.github.rowsleuth.postgres.wal.PageLosses;
import io.github.rowsleuth.postgres.wal.TransactionAssembly;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.TableEffect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Makes of what was read what is answered, and hands in the evidence. */
final class LogFindings {

    /** How many transactions that hit no table of the incident get evidence of their own; the answer holds all. */
    private static final int MOST = 2_000;

    private static final String LOCATION = "pg_get_wal_records_info()";

    private final Session session;
    private final Examination examination;
    private final TransactionAssembly assembly;
    private final FileOwners owners;
    private final long next;
    private int others;

    LogFindings(Session session, TransactionAssembly assembly, FileOwners owners, long next) {
        this.session = session;
        this.examination = session.examination();
        this.assembly = assembly;
        this.owners = owners;
        this.next = next;
    }

    /** By id, with evidence; without those that took nothing away. */
    List<ObservedTransaction> observed(List<LoggedTransaction> transactions) {
        return transactions.stream()
                .flatMap(t -> observed(t).stream())
                .sorted(Comparator.comparingLong(ObservedTransaction::xid))
                .map(this::recorded)
                .toList();
    }

    private Optional<ObservedTransaction> observed(LoggedTransaction transaction) {
        List<TableEffect> effects = Effects.of(transaction, owners);
        Optional<Long> xid = TransactionClock.withEpoch(transaction.xid(), next);
        if (effects.isEmpty() || xid.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(ObservedTransaction.builder()
                .xid(xid.get())
                .subtransactions(transaction.subtransactions().stream()
                        .flatMap(sub -> TransactionClock.withEpoch(sub, next).stream())
                        .toList())
                .end(transaction.end())
                .effects(effects)
                .started(started(transaction))
                .ended(transaction.at().map(Moment::at).orElse(Moment.unknown()))
                .firstLsn(transaction.first())
                .endLsn(transaction.endLsn())
                .gid(transaction.gid())
                .build());
    }

    /** It wrote first after the last end before its first record, and before its own end. */
    private Moment started(LoggedTransaction transaction) {
        CommitTimes times = assembly.times();
        Moment first = transaction.first().map(times::at).orElse(Moment.unknown());
        Moment started =
                assembly.mayHaveBegunBefore(transaction) ? new Moment(Optional.empty(), first.latest()) : first;
        return started.narrowedBy(transaction.at().map(Moment::notAfter).orElse(Moment.unknown()));
    }

    private ObservedTransaction recorded(ObservedTransaction transaction) {
        List<TableName> tables = transaction.effects().stream()
                .flatMap(e -> e.table().stream())
                .distinct()
                .toList();
        boolean named = tables.stream().anyMatch(examination.incident()::names);
        if (!named && others++ >= MOST) {
            return transaction;
        }
        Moment moment = transaction.ended().equals(Moment.unknown()) ? transaction.started() : transaction.ended();
        EvidenceId id = examination.record(
                new LogEntry(tables, LogSentences.of(transaction)),
                moment,
                session.at(LOCATION + " at "
                        + transaction
                                .endLsn()
                                .or(transaction::firstLsn)
                                .map(Lsn::toString)
                                .orElse("")));
        return ObservedTransaction.builder().from(transaction).addEvidence(id).build();
    }

    /** What removed deleted rows for good from pages of tables of the incident. */
    void recordLosses() {
        List<PageLosses.Loss> losses = new ArrayList<>(assembly.pages().afterDeletion());
        losses.sort(Comparator.comparing(PageLosses.Loss::first).thenComparing(PageLosses.Loss::type));
        for (PageLosses.Loss loss : losses) {
            owners.of(loss.file())
                    .filter(owner -> owner.isTable() && examination.incident().names(owner.name()))
                    .ifPresent(owner -> examination.record(
                            new LogEntry(
                                    List.of(owner.name()),
                                    LogSentences.of(loss, owner.name().toString())),
                            assembly.times().at(loss.first()),
                            session.at(LOCATION + " at " + loss.first())));
        }
        LogSentences.elsewhere(assembly.elsewhere())
                .ifPresent(summary -> examination.record(
                        new Observation.ServerFact(summary), Moment.unknown(), session.at(LOCATION)));
    }
}
