package io.github.rowsleuth.postgres;

import io.github.rowsleuth.postgres.wal.FileId;
import io.github.rowsleuth.postgres.wal.FileOwners;
import io.github.rowsleuth.postgres.wal.LoggedTransaction;
import io.github.rowsleuth.postgres.wal.Relation;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.transaction.Lsn;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds out whose files the transactions changed. */
final class LogRelations {

    private LogRelations() {}

    static FileOwners owners(
            Session session,
            LogReader reader,
            List<LoggedTransaction> transactions,
            LogPosition position,
            LogPlace.Found place,
            LogReading reading,
            long segmentSize,
            Instant stop)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Set<Long> oids = new TreeSet<>();
        Set<Long> files = new TreeSet<>();
        transactions.forEach(t -> oids.addAll(t.relations()));
        transactions.forEach(t -> t.files().forEach(file -> files.add(file.number())));
        List<Relation> live = CatalogRelations.of(session, oids, files);
        Set<Long> gone = new HashSet<>();
        transactions.forEach(t -> gone.addAll(t.droppedTables()));
        live.forEach(relation -> gone.remove(relation.oid()));
        List<Relation> former = List.of();
        Map<FileId, Long> formerFiles = Map.of();
        if (!gone.isEmpty()) {
            Set<Long> unknown = new TreeSet<>(files);
            live.stream().map(Relation::file).map(FileId::number).forEach(unknown::remove);
            FormerRelations names = FormerRelations.wanted(session, gone, unknown);
            names.fromLog(reader, reading.starts(), lastDrop(transactions, position.end()), place, segmentSize, stop);
            names.fromPages();
            names.report(reader);
            former = names.all(position.database(), position.tablespace());
            formerFiles = names.files(position.database(), position.tablespace());
        }
        return new FileOwners(live, former, formerFiles, transactions);
    }

    private static Lsn lastDrop(List<LoggedTransaction> transactions, Lsn end) {
        return transactions.stream()
                .filter(t -> !t.droppedTables().isEmpty())
                .map(LoggedTransaction::endLsn)
                .flatMap(Optional::stream)
                .max(Lsn::compareTo)
                .orElse(end);
    }
}
