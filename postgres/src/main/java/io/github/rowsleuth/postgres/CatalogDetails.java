package io.github.rowsleuth.postgres;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.probe.DroppedColumn;
import io.github.rowsleuth.probe.ForeignKey;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.SequenceState;
import io.github.rowsleuth.probe.TableColumn;
import io.github.rowsleuth.probe.TableScope;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What other catalogs than {@code pg_class} know of the tables, each read once for all of them. By oid; empty where a
 * catalog could not be read.
 */
record CatalogDetails(
        Optional<Map<Long, List<TableColumn>>> columns,
        Optional<Map<Long, List<DroppedColumn>>> dropped,
        Optional<Map<Long, List<SequenceState>>> sequences,
        Optional<Map<Long, List<String>>> formerNames,
        Optional<Map<Long, TableName>> lookalikes,
        Optional<Map<Long, List<TableName>>> parents) {

    static CatalogDetails read(Session session, List<TableScope> tables, List<ForeignKey> keys, String role)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        Optional<Map<Long, List<SequenceState>>> sequences = OwnedSequences.read(session, tables, role);
        return new CatalogDetails(
                TableColumns.read(session, tables, keys),
                DroppedColumns.read(session),
                sequences,
                FormerNames.read(session, tables, sequences.orElse(Map.of())),
                PartitionShapes.lookalikes(session),
                PartitionShapes.parents(session));
    }

    boolean complete() {
        return Stream.of(columns, dropped, sequences, formerNames, lookalikes, parents)
                .allMatch(Optional::isPresent);
    }

    TableScope addTo(TableScope table) {
        long oid = table.oid();
        return TableScope.builder()
                .from(table)
                .columns(of(columns, oid))
                .droppedColumns(of(dropped, oid))
                .sequences(of(sequences, oid))
                .formerNames(of(formerNames, oid))
                .resemblesPartitionOf(lookalikes.flatMap(m -> Optional.ofNullable(m.get(oid))))
                .inheritsFrom(of(parents, oid))
                .build();
    }

    private static <T> List<T> of(Optional<Map<Long, List<T>>> details, long oid) {
        return details.map(m -> m.getOrDefault(oid, List.of())).orElse(List.of());
    }
}
