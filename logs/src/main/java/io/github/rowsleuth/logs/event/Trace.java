package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.logs.record.Place;
import io.github.rowsleuth.logs.record.Text;
import io.github.rowsleuth.probe.ServerTrace;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something in a log, other than a destructive statement, that bounds or hints at a loss.
 *
 * @param kind what it was
 * @param tables the tables it names
 * @param summary what the record says, without values
 * @param process the process that it speaks of
 * @param transaction the transaction that it speaks of
 * @param rows the rows that it counts
 * @param place where it stands
 */
public record Trace(
        ServerTrace.Kind kind,
        List<TableName> tables,
        String summary,
        Optional<Long> process,
        Optional<Long> transaction,
        Optional<Long> rows,
        Place place) {

    static Trace of(ServerTrace.Kind kind, List<TableName> tables, String summary, Place place) {
        return new Trace(kind, tables, summary, Optional.empty(), Optional.empty(), Optional.empty(), place);
    }

    Trace of(Optional<Long> ofProcess, Optional<Long> inTransaction) {
        return new Trace(kind, tables, summary, ofProcess, inTransaction, rows, place);
    }

    /** {@return a hash of all that it says, but where it stands} */
    long fingerprint() {
        return Told.hash(kind + " " + summary + " " + process + " " + transaction + " " + rows + place.stamp());
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(kind.name());
        out.writeInt(tables.size());
        for (TableName table : tables) {
            Text.write(out, table.schema().orElse(""));
            Text.write(out, table.name());
        }
        Text.write(out, summary);
        for (Optional<Long> number : List.of(process, transaction, rows)) {
            out.writeLong(number.orElse(-1L));
        }
        place.write(out);
    }

    static Trace read(Pool.Reader reader) throws IOException {
        var in = reader.data();
        ServerTrace.Kind kind = ServerTrace.Kind.valueOf(in.readUTF());
        List<TableName> tables = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            String schema = Text.read(in);
            tables.add(new TableName(Optional.of(schema).filter(s -> !s.isEmpty()), Text.read(in)));
        }
        String summary = Text.read(in);
        Optional<Long> process = Optional.of(in.readLong()).filter(n -> n >= 0);
        Optional<Long> transaction = Optional.of(in.readLong()).filter(n -> n >= 0);
        Optional<Long> rows = Optional.of(in.readLong()).filter(n -> n >= 0);
        return new Trace(kind, tables, summary, process, transaction, rows, Place.read(in, reader.origin()));
    }
}
