package io.github.rowsleuth.logs;

import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.logs.event.Focus;
import io.github.rowsleuth.logs.event.Told;
import io.github.rowsleuth.logs.pass.Feeder;
import io.github.rowsleuth.logs.pass.Scan;
import io.github.rowsleuth.logs.pass.Slice;
import io.github.rowsleuth.logs.pass.SliceCodec;
import io.github.rowsleuth.logs.record.LinePrefix;
import io.github.rowsleuth.logs.record.PrefixInference;
import io.github.rowsleuth.logs.record.Prefixes;
import io.github.rowsleuth.logs.source.Sample;
import io.github.rowsleuth.logs.time.Zones;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.StatementProbe;
import io.github.rowsleuth.probe.Statements;
import io.github.rowsleuth.probe.Volatility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What was found in a byte range of a log, for logs that are too large for one machine: the parts of a map and reduce, such
 * as an accumulator of Spark, Flink or Beam.
 *
 * <pre>{@code
 * LogPart.Reader reader = LogPart.reader(incident, firstBytesOfTheLog);    // once; it is serialisable
 * LogPart part = reader.read("postgresql.log", from, bytesOfTheRange);     // for each range, on any machine
 * LogPart whole = part.merge(next);                                        // neighbours, in any order
 * Findings findings = Investigation.of("public.orders").statements(whole.statements()).run();
 * }</pre>
 *
 * <p><b>Ranges.</b> The ranges of a log must cover it without a gap and without an overlap; they may be cut anywhere, also
 * within a line or a character. Ranges of 8 MB and more are worth while: a part keeps the first lines of its range, until as
 * many records have begun as can interleave, for the part before it.
 *
 * <p><b>Merging</b> is associative and not commutative: the left part must be the one that comes before in the log, so
 * reduce in the order of the ranges, as {@code Dataset.repartitionAndSortWithinPartitions} or a keyed, sorted combine does; a
 * reduction that shuffles is wrong. The order in which neighbours are merged does not matter, nor on which machine: what
 * is found is what one reading of the whole log finds. A range with {@code from = 0} begins a log: merged behind the last part
 * of another log, sessions go on from that into this, as over a rotation.
 *
 * <p>Immutable; {@link #merge} leaves both parts as they are. <b>The bytes</b> of a part are to be kept as safe as the log
 * itself, since lines of it are among them as they stand. They are for parts of one version of this library.
 */
public final class LogPart implements Serializable {

    private static final long serialVersionUID = 1L;

    private final byte[] slice;

    private LogPart(Slice slice) {
        this(SliceCodec.write(slice));
    }

    private LogPart(byte[] slice) {
        this.slice = slice;
    }

    /**
     * {@return what reads the ranges of a log}
     *
     * @param incident what is looked for: when there are more than 10,000 destructive statements, those that name its tables
     *     or are in its window are kept first
     * @param beginning the first bytes of the log, from which {@code log_line_prefix} is inferred; 64 KiB are enough, and
     *     what comes after them is not looked at
     */
    public static Reader reader(Incident incident, byte[] beginning) {
        byte[] first = beginning.length <= Sample.SIZE ? beginning : Arrays.copyOf(beginning, Sample.SIZE);
        return new Reader(new Scan(
                new Focus(incident),
                PrefixInference.infer(Sample.of(first).lines()),
                LogOptions.DEFAULT.clock().millis(),
                true));
    }

    /** Reads ranges of a log. Immutable, and serialisable, so that it can travel to where the ranges are. */
    public static final class Reader implements Serializable {

        private static final long serialVersionUID = 1L;

        private final byte[] scan;

        private Reader(Scan scan) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                scan.write(new DataOutputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            this.scan = bytes.toByteArray();
        }

        private Scan scan() {
            try {
                return Scan.read(new DataInputStream(new ByteArrayInputStream(scan)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /**
         * {@return the same for lines that begin as that setting says, or else as was inferred}
         *
         * @param logLinePrefix what {@code SHOW log_line_prefix} prints
         * @throws IllegalArgumentException if it has an escape that PostgreSQL does not know
         */
        public Reader withPrefix(String logLinePrefix) {
            Scan own = scan();
            Prefixes prefixes = Prefixes.of(
                            List.of(LinePrefix.compile(logLinePrefix).toString()))
                    .and(own.prefixes());
            return new Reader(new Scan(own.focus(), prefixes, own.latest(), own.fast()));
        }

        /**
         * {@return the same for a log that was written last at that time, which tells the year where syslog does not; now,
         * unless it is said}
         */
        public Reader writtenLast(Instant time) {
            Scan own = scan();
            return new Reader(new Scan(own.focus(), own.prefixes(), time.toEpochMilli(), own.fast()));
        }

        /**
         * {@return what is found in a range}
         *
         * @param log how evidence names the log
         * @param from where the range begins in the log, in bytes; what matters is whether it is 0
         * @param range the bytes of the range, as they stand in the log and not packed; it is read to its end and not closed
         * @throws IllegalArgumentException if the log has no name or {@code from} is negative
         */
        public LogPart read(String log, long from, InputStream range) throws IOException {
            if (log.isEmpty() || from < 0) {
                throw new IllegalArgumentException(
                        "expected the name of a log and where the range begins in it, from 0 on;" + " found '" + log
                                + "' and " + from);
            }
            Slice slice = from == 0 ? Slice.beginning(scan(), log) : Slice.anywhere(scan(), log);
            Feeder feeder = new Feeder(slice);
            boolean more = true;
            while (more) {
                more = feeder.feed(range);
            }
            feeder.pause();
            return new LogPart(slice);
        }
    }

    private Slice slice() {
        try {
            return SliceCodec.read(slice);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return what is found in both ranges together}
     *
     * @param next the part that follows this one in the log, or the first one of the next log
     */
    public LogPart merge(LogPart next) {
        Slice both = slice();
        both.join(next.slice());
        return new LogPart(both);
    }

    /** {@return this part as bytes, for another process or another day} */
    public byte[] toBytes() {
        return ByteBuffer.allocate(Long.BYTES + slice.length)
                .putLong(Told.hash(slice, 0, slice.length))
                .put(slice)
                .array();
    }

    /**
     * {@return the part that these bytes are}
     *
     * @throws IllegalArgumentException if they are not what {@link #toBytes()} gave, or of another version
     */
    public static LogPart ofBytes(byte[] bytes) {
        byte[] slice = bytes.length < Long.BYTES ? new byte[0] : Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
        boolean whole = slice.length > 0 && ByteBuffer.wrap(bytes).getLong() == Told.hash(slice, 0, slice.length);
        if (!whole) {
            throw new IllegalArgumentException("expected what toBytes() of a part of a log gave, found " + bytes.length
                    + " bytes that are not; read the range again");
        }
        try {
            SliceCodec.read(slice);
            return new LogPart(slice);
        } catch (IOException other) {
            throw new IllegalArgumentException(other.getMessage() + "; read the range again", other);
        }
    }

    /**
     * {@return the probe that answers with what was found, once the parts of all ranges are merged, under the id
     * {@code logs.statements}}
     *
     * @param zones what an abbreviation such as {@code IST} means, and a time without a zone; may be left out
     */
    public StatementProbe statements(ZoneId... zones) {
        return new Merged(this, List.of(zones));
    }

    private record Merged(LogPart part, List<ZoneId> zones) implements StatementProbe {

        @Override
        public Statements examine(Examination examination) throws ProbeUnavailableException {
            Slice slice = part.slice();
            String name = String.join(", ", slice.names());
            return new Answer(List.of(slice), List.of(), new Zones(zones), examination)
                    .statements(false, name, Optional.empty());
        }

        @Override
        public String id() {
            return LogStatements.ID;
        }

        @Override
        public Volatility volatility() {
            return Volatility.LOG;
        }
    }

    @Override
    public String toString() {
        return "LogPart of " + slice.length + " bytes";
    }
}
