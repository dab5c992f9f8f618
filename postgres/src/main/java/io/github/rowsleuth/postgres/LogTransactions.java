package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.wal.FileOwners;
import io.github.rowsleuth.postgres.wal.LoggedTransaction;
import io.github.rowsleuth.postgres.wal.TransactionAssembly;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableScope;
import io.github.rowsleuth.probe.Volatility;
import io.github.rowsleuth.transaction.Lsn;
import io.github.rowsleuth.transaction.ObservedTransaction;
import io.github.rowsleuth.transaction.WalTransactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The transactions that took rows or tables away, from the records of the write-ahead log. */
final class LogTransactions implements Probe<WalTransactions> {

    /** How many ids the answer dates, of each kind. */
    private static final int ANCHORS = 500;

    /** Kept back of the time for what follows the reading. */
    private static final Duration RESERVE = Duration.ofSeconds(2);

    private static final Query NEXT = new Query(
            "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint as next",
            "pg_current_snapshot()",
            "EXECUTE ON FUNCTION pg_catalog.pg_current_snapshot()");

    private final Sessions sessions;

    LogTransactions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Class<WalTransactions> answerType() {
        return WalTransactions.class;
    }

    @Override
    public String id() {
        return "postgres.wal";
    }

    @Override
    public Volatility volatility() {
        return Volatility.WAL;
    }

    @Override
    public WalTransactions examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        return sessions.examine(examination, LogTransactions::read);
    }

    private static WalTransactions read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Examination examination = session.examination();
        Duration reserve = reserve(examination);
        Instant stop = examination.deadline().minus(reserve);
        LogSettings settings = LogSettings.read(session);
        LogReader reader = LogReader.open(session, settings.standby());
        LogPosition position = LogPosition.read(session);
        reader.requirePrivilege(position.redo());
        Optional<Lsn> listed = LogFiles.ifAllowed(session, position.end(), settings.segmentSize())
                .map(LogFiles::oldest);
        LogPlace.Found place = new LogPlace(reader, settings.segmentSize(), position.end())
                .find(listed, position.redo(), examination.incident().window().notBefore());
        Set<Long> preferred = filesOfIncident(examination);
        TransactionAssembly assembly =
                new TransactionAssembly(position.database(), file -> preferred.contains(file.number()));
        LogReading reading =
                new LogReading(session, reader, assembly, settings.segmentSize(), place.from(), position.end(), stop);
        reading.read();
        // Not before the reading: the ids in the log must be older.
        long next = session.rows(NEXT, row -> row.number("next")).get(0);
        List<LoggedTransaction> transactions = new ArrayList<>(assembly.ended());
        transactions.addAll(OpenTransactions.withEnds(session, assembly.open(), next));
        FileOwners owners = LogRelations.owners(
                session,
                reader,
                transactions,
                position,
                place,
                reading,
                settings.segmentSize(),
                stop.plus(reserve.dividedBy(2)));
        transactions.removeIf(t -> endedBeforeWindow(examination, t));
        LogFindings findings = new LogFindings(session, assembly, owners, next);
        List<ObservedTransaction> observed = findings.observed(transactions);
        findings.recordLosses();
        new LogCoverage(examination, assembly, place, settings.segmentSize())
                .report(reading, transactions, observed.size());
        return new WalTransactions(
                Optional.of(place.from()),
                Optional.of(reading.upto()),
                observed,
                assembly.times().anchors(ANCHORS, xid -> TransactionClock.withEpoch(xid, next)));
    }

    private static Duration reserve(Examination examination) {
        Duration quarter = examination.remaining().dividedBy(4);
        return quarter.compareTo(RESERVE) < 0 ? quarter : RESERVE;
    }

    /** As far as a probe before this one told. */
    private static Set<Long> filesOfIncident(Examination examination) {
        return examination.answers(Scope.class).stream()
                .flatMap(scope -> scope.tables().stream())
                .filter(t -> examination.incident().names(t.table())
                        || t.partitionOf().filter(examination.incident()::names).isPresent())
                .map(TableScope::filenode)
                .collect(Collectors.toSet());
    }

    private static boolean endedBeforeWindow(Examination examination, LoggedTransaction transaction) {
        Optional<Instant> notBefore = examination.incident().window().notBefore();
        return transaction
                .at()
                .filter(at -> notBefore.filter(at::isBefore).isPresent())
                .isPresent();
    }
}
