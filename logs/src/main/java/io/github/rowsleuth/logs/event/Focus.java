package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.incident.TableName;
import io.github.rowsleuth.incident.TimeWindow;
import io.github.rowsleuth.logs.record.Text;
import io.github.rowsleuth.logs.time.Stamp;
import io.github.rowsleuth.logs.time.Zones;
import io.github.rowsleuth.sql.DestructiveStatement;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is looked for: it decides what is kept when there is more than can be kept.
 *
 * @param incident what is believed lost, and when
 */
public record Focus(Incident incident) {

    static final int HIGHEST = 7;

    /** {@return how much a statement matters, from 0 to 7} */
    int rank(DestructiveStatement statement, Stamp stamp) {
        boolean removes = statement.kind().removesRows() || statement.kind().dropsTables();
        boolean reaches = statement.dynamic()
                || statement.cascade()
                || (statement.kind().dropsTables() && statement.tables().isEmpty())
                || statement.tables().stream().anyMatch(incident::names);
        return (removes ? 4 : 0) + (reaches ? 2 : 0) + (inWindow(stamp) ? 1 : 0);
    }

    /** {@return how much something else matters that names these tables} */
    int rank(List<TableName> tables, Stamp stamp) {
        return (tables.stream().anyMatch(incident::names) ? 4 : tables.isEmpty() ? 2 : 0) + (inWindow(stamp) ? 1 : 0);
    }

    private boolean inWindow(Stamp stamp) {
        if (incident.window().equals(TimeWindow.UNKNOWN)) {
            return true;
        }
        Moment moment = stamp.moment(Zones.ANY);
        TimeWindow window = incident.window();
        return window.contains(
                        moment.earliest().orElseGet(() -> window.notBefore().orElse(Instant.MIN)))
                || window.contains(
                        moment.latest().orElseGet(() -> window.notAfter().orElse(Instant.MAX)));
    }

    /** Writes it. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(incident.tables().size());
        for (TableName table : incident.tables()) {
            Text.write(out, table.schema().orElse(""));
            Text.write(out, table.name());
        }
        for (Optional<Instant> bound :
                List.of(incident.window().notBefore(), incident.window().notAfter())) {
            out.writeBoolean(bound.isPresent());
            out.writeLong(bound.map(Instant::getEpochSecond).orElse(0L));
            out.writeInt(bound.map(Instant::getNano).orElse(0));
        }
    }

    /** {@return one that was written} */
    public static Focus read(DataInput in) throws IOException {
        List<TableName> tables = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            String schema = Text.read(in);
            tables.add(new TableName(Optional.of(schema).filter(s -> !s.isEmpty()), Text.read(in)));
        }
        Optional<Instant> notBefore = instant(in);
        return new Focus(new Incident(tables, new TimeWindow(notBefore, instant(in))));
    }

    private static Optional<Instant> instant(DataInput in) throws IOException {
        boolean present = in.readBoolean();
        Instant instant = Instant.ofEpochSecond(in.readLong(), in.readInt());
        return present ? Optional.of(instant) : Optional.empty();
    }
}
