package io.github.rowsleuth.logs.pass;

import io.github.rowsleuth.logs.event.Pool;
import io.github.rowsleuth.logs.record.Counts;
import io.github.rowsleuth.logs.record.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Parts as bytes, so that they can travel between machines and wait on a disk. The first lines of a part and the records that
 * can still grow are among them as they stand in the log.
 */
public final class SliceCodec {

    private static final int VERSION = 1;

    private SliceCodec() {}

    /** {@return the part as bytes} */
    public static byte[] write(Slice slice) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(VERSION);
            slice.scan.write(out);
            out.writeBoolean(slice.fromStart);
            out.writeInt(slice.names.size());
            for (String name : slice.names) {
                Text.write(out, name);
            }
            slice.head.write(out);
            out.writeInt(slice.ownLog());
            slice.carry().write(out);
            out.writeLong(slice.misaligned());
            slice.counts.write(out);
            Pool.Writer pool = new Pool.Writer(out);
            slice.ledger.write(pool);
            slice.sessions.write(pool);
            slice.horizon.write(out);
            slice.records().write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * {@return the part that these bytes are}
     *
     * @throws IOException if they are not, or of another version
     */
    public static Slice read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException("expected a part of a log of version " + VERSION + ", found " + version);
            }
            Scan scan = Scan.read(in);
            Slice slice = new Slice(scan, in.readBoolean());
            for (int i = in.readInt(); i > 0; i--) {
                slice.names.add(Text.read(in));
            }
            slice.head.read(in);
            slice.ownLog(in.readInt());
            slice.carry(Carry.read(in));
            slice.misaligned(in.readLong());
            slice.counts.add(Counts.read(in));
            Pool.Reader pool = new Pool.Reader(in, slice.origin);
            slice.ledger.read(pool);
            slice.sessions.read(pool);
            slice.horizon.read(in);
            slice.records().read(in);
            return slice;
        } catch (RuntimeException damaged) {
            throw new IOException("these bytes are not a part of a log", damaged);
        }
    }
}
