package io.github.rowsleuth.logs.pass;

import io.github.rowsleuth.logs.event.Focus;
import io.github.rowsleuth.logs.record.Prefixes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is looked for, and how lines can begin: the same for all parts of a log.
 *
 * @param focus what is looked for
 * @param prefixes how lines can begin
 * @param latest when the log was written last, in milliseconds since 1970: syslog names no year
 * @param fast whether records that nobody needs are passed over; the findings are the same either way
 */
public record Scan(Focus focus, Prefixes prefixes, long latest, boolean fast) {

    /** Writes it. */
    public void write(DataOutput out) throws IOException {
        focus.write(out);
        prefixes.write(out);
        out.writeLong(latest);
        out.writeBoolean(fast);
    }

    /** {@return what was written} */
    public static Scan read(DataInput in) throws IOException {
        return new Scan(Focus.read(in), Prefixes.read(in), in.readLong(), in.readBoolean());
    }
}
