package io.github.rowsleuth.logs.record;

import io.github.rowsleuth.logs.language.Part;
import io.github.rowsleuth.logs.language.Severities;
import io.github.rowsleuth.logs.time.Stamp;
import io.github.rowsleuth.logs.time.StampReader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines together to records. Each line tells by itself which format it is in, so a log may change its format, be
 * wrapped by a container, or be read from its middle.
 */
public final class RecordAssembler {

    /** Lines up to here are written in one piece (PIPE_BUF); longer ones can be torn by another process. */
    private static final int ATOMIC = 4096;

    private static final int MOST_BROKEN = 4;

    private final long latest;
    private final OpenRecords open = new OpenRecords(this::complete);
    private final PrefixMatch match = new PrefixMatch();
    private final Unfinished unfinished = new Unfinished();
    private Prefixes prefixes;
    private Origin origin = new Origin();
    private Counts counts = new Counts();
    private Consumer<Stamp> clock = stamp -> {};
    private Consumer<LogRecord> target = record -> {};
    private @Nullable LogRecord current;
    private @Nullable Envelope outer;
    private int log;
    private long number;
    private boolean mute;

    /** Whether the lines at hand were taken for a part of something that was never completed. */
    private boolean apart;

    /**
     * Makes an assembler.
     *
     * @param prefixes the prefixes that lines can have
     * @param latest when the log was written last, in milliseconds since 1970
     */
    public RecordAssembler(Prefixes prefixes, long latest) {
        this.prefixes = prefixes;
        this.latest = latest;
    }

    /**
     * Says where everything goes.
     *
     * @param part the part of a log that is read
     * @param counted where lines are counted
     * @param time what takes the time of every record when it begins
     * @param records what takes the records when they are complete, those of one process in their order
     */
    public void bind(Origin part, Counts counted, Consumer<Stamp> time, Consumer<LogRecord> records) {
        origin = part;
        counts = counted;
        clock = time;
        target = records;
    }

    private void complete(LogRecord record) {
        target.accept(record);
    }

    /** Says how lines can begin from now on. */
    public void expect(Prefixes other) {
        prefixes = other;
    }

    /** Says where lines are counted from now on. */
    public void countIn(Counts counted) {
        counts = counted;
    }

    /** {@return the number of the last line} */
    public long number() {
        return number;
    }

    /** {@return the number of the log} */
    public int log() {
        return log;
    }

    /** Another log begins. */
    public void nextLog() {
        log++;
        number = 0;
    }

    /** {@return how many records have begun} */
    public long begun() {
        return open.begun();
    }

    /**
     * One line.
     *
     * @param b the bytes
     * @param from where it begins
     * @param to where it ends, without the line feed
     * @param dropped how many bytes of it were left out, because it is too long
     */
    public void line(byte[] b, int from, int to, long dropped) {
        number++;
        counts.lines++;
        counts.cutBytes += dropped;
        counts.cutLines += dropped > 0 ? 1 : 0;
        counts.undecodable += dropped == 0 && !Text.isUtf8(b, from, to) ? 1 : 0;
        physical(b, from, to);
        if (dropped > 0 && current != null) {
            current.markCut();
        }
    }

    private void physical(byte[] b, int from, int to) {
        if (unfinished.isCsv() && csvGoesOn(b, from, to)) {
            return;
        }
        if (unfinished.isJson() && jsonGoesOn(b, from, to)) {
            return;
        }
        outer = null;
        content(b, from, to);
    }

    private void content(byte[] b, int from, int to) {
        if (from == to) {
            goOn("");
        } else if (b[from] == '\t') {
            goesOn(b, from, to);
        } else if (firstVisible(b, from, to) == '{') {
            json(b, from, to);
        } else if (!csv(b, from, to)) {
            plain(b, from, to);
        }
    }

    private static int firstVisible(byte[] b, int from, int to) {
        int at = from;
        while (at < to && b[at] == ' ') {
            at++;
        }
        return at < to ? b[at] : ' ';
    }

    private void goesOn(byte[] b, int from, int to) {
        int torn = to - from > ATOMIC ? tornAt(b, from, to) : to;
        flushBroken();
        goOn(Text.decode(b, from + 1, torn));
        if (torn < to) {
            torn(b, torn, to);
        }
    }

    private void goOn(String text) {
        if (current != null) {
            current.goOn(text);
        }
    }

    // ---- csvlog

    private boolean csv(byte[] b, int from, int to) {
        if (!CsvLine.begins(b, from, to)) {
            return false;
        }
        if (!CsvLine.isBalanced(b, from, to)) {
            if (apart) {
                return false;
            }
            unfinished.beginCsv(b, from, to, number);
            return true;
        }
        Optional<RecordLine> record = CsvLine.parse(b, from, to);
        record.ifPresent(r -> complete(r, number, true));
        return record.isPresent();
    }

    /** {@return whether the line belongs to the record of csvlog that is open} */
    private boolean csvGoesOn(byte[] b, int from, int to) {
        boolean another = CsvLine.begins(b, from, to)
                && (CsvLine.isBalanced(b, from, to)
                        ? CsvLine.parse(b, from, to).isPresent()
                        : CsvLine.opensRecord(b, from, to));
        if (another || unfinished.isFull()) {
            readApart();
            return false;
        }
        unfinished.add(b, from, to);
        if (unfinished.isComplete()) {
            byte[] whole = unfinished.whole();
            Optional<RecordLine> record = CsvLine.parse(whole, 0, whole.length);
            long begin = unfinished.line();
            if (record.isEmpty()) {
                readApart();
                return true;
            }
            unfinished.drop();
            complete(record.get(), begin, true);
        }
        return true;
    }

    /**
     * What was begun is damaged. The lines after the first one may be records of their own, and nobody knows: they are
     * read each by itself, once. Whoever wrote the text of a record may have written them, so they are not sure.
     */
    private void readApart() {
        counts.damagedRecords++;
        long last = number;
        number = unfinished.line();
        byte[] lines = unfinished.take();
        apart = true;
        int from = lineEnd(lines, 0) + 1;
        while (from <= lines.length) {
            int end = lineEnd(lines, from);
            number++;
            outer = null;
            content(lines, from, end);
            from = end + 1;
        }
        flushBroken();
        apart = false;
        number = last;
    }

    private static int lineEnd(byte[] lines, int from) {
        int at = from;
        while (at < lines.length && lines[at] != '\n') {
            at++;
        }
        return at;
    }

    private LogRecord.Trust trust() {
        return apart ? LogRecord.Trust.FORGED : LogRecord.Trust.SOUND;
    }

    private void complete(RecordLine line, long begin, boolean isCsv) {
        counts.csv += isCsv ? 1 : 0;
        counts.json += isCsv ? 0 : 1;
        flushBroken();
        if (line.head().part() == Part.FOREIGN) {
            counts.foreignWord(line.head().word());
        }
        LogRecord record = line.record(place(begin, line.head()));
        current = null;
        mute = false;
        clock.accept(record.head().stamp());
        open.begin(record, true);
    }

    // ---- JSON

    private void json(byte[] b, int from, int to) {
        int end = to;
        while (end > from && (b[end - 1] == ',' || b[end - 1] == ' ' || b[end - 1] == ']')) {
            end--; // the elements of an array, one a line
        }
        if (Unfinished.depth(b, from, end) > 0) {
            if (apart) {
                return;
            }
            unfinished.beginJson(b, from, to, number);
            return;
        }
        object(b, from, end, number);
    }

    /** No line of an object begins like a record: its strings do not go over lines. */
    private boolean jsonGoesOn(byte[] b, int from, int to) {
        boolean object = from < to && b[from] == '{' && Unfinished.depth(b, from, to) == 0;
        boolean another = object || matches(b, from, to);
        if (another || unfinished.isFull()) {
            readApart();
            return false;
        }
        unfinished.add(b, from, to);
        if (unfinished.isComplete()) {
            byte[] whole = unfinished.whole();
            long begin = unfinished.line();
            unfinished.drop();
            outer = null;
            object(whole, 0, whole.length, begin);
        }
        return true;
    }

    private void object(byte[] b, int from, int to, long begin) {
        Optional<JsonObject> json = JsonObject.parse(b, from, to);
        if (json.isEmpty()) {
            counts.damagedRecords++;
            return;
        }
        Optional<RecordLine> record = JsonLine.of(json.get());
        if (record.isPresent()) {
            complete(record.get(), begin, false);
            return;
        }
        Envelope.of(json.get()).ifPresentOrElse(this::unwrap, () -> counts.notOurs++);
    }

    // ---- envelopes

    private void unwrap(Envelope envelope) {
        counts.wrapped++;
        Optional<byte[]> joined = unfinished.join(envelope, number);
        if (outer != null || joined.isEmpty()) {
            return; // wrapped twice, or it goes on
        }
        byte[] text = joined.get();
        outer = envelope;
        int from = 0;
        for (int i = 0; i <= text.length; i++) {
            if (i == text.length || text[i] == '\n') {
                content(text, from, i);
                from = i + 1;
            }
        }
        if (current != null) {
            envelope.parts().forEach(current::begin);
        }
        outer = null;
    }

    private void syslog(SyslogLine line) {
        counts.wrapped++;
        byte[] text = line.text().getBytes(StandardCharsets.UTF_8);
        LogRecord known = open.of(Fields.number(line.process()).orElse(0L));
        outer = new Envelope(text, true, "", line.stamp(), line.process(), Map.of());
        if (text.length > 0 && text[0] == '\t') {
            current = known;
            goOn(line.text().substring(1).replace("\n\t", "\n"));
            return;
        }
        int end = 0;
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        if (!prefixed(text, 0, end, trust(), number)) {
            current = known;
            if (known == null) {
                stranger(text, 0, text.length);
            } else {
                known.glue(line.text().replace("\n\t", "\n"));
            }
        } else if (end < text.length) {
            goOn(line.text()
                    .substring(line.text().indexOf('\n') + 1)
                    .replaceFirst("^\t", "")
                    .replace("\n\t", "\n"));
        }
        outer = null;
    }

    // ---- stderr

    private void plain(byte[] b, int from, int to) {
        if (unfinished.isBroken() && joins(b, from, to)) {
            return;
        }
        int torn = to - from > ATOMIC ? tornAt(b, from + 1, to) : to;
        boolean read = outer == null
                ? timed(b, from, torn) || carried(b, from, torn) || prefixed(b, from, torn, trust(), number)
                : prefixed(b, from, torn, trust(), number);
        if (!read) {
            other(b, from, torn);
        }
        if (torn < to) {
            torn(b, torn, to);
        }
    }

    /** A prefix without a time would read the line of a carrier, too, and lose what that says. */
    private boolean timed(byte[] b, int from, int to) {
        return prefixed(b, from, to, trust(), number, true);
    }

    private boolean carried(byte[] b, int from, int to) {
        switch (SyslogLine.kind(b, from, to, latest)) {
            case OURS -> SyslogLine.parse(b, from, to, latest).ifPresent(this::syslog);
            case NOT_OURS -> counts.notOurs++;
            case NONE -> {
                Optional<Envelope> envelope = Envelope.ofIso(b, from, to);
                envelope.ifPresent(this::unwrap);
                return envelope.isPresent();
            }
        }
        return true;
    }

    private void other(byte[] b, int from, int to) {
        for (LinePrefix prefix : prefixes.all()) {
            if (prefix.hasNames() && prefix.hasTime() && prefix.begin(b, from, to, match) > from) {
                unfinished.beginBroken(b, from, to, number);
                return;
            }
        }
        stranger(b, from, to);
    }

    /** {@return whether the line goes on with a name that holds a line break} */
    private boolean joins(byte[] b, int from, int to) {
        unfinished.add(b, from, to);
        byte[] joined = unfinished.whole();
        long begin = unfinished.line();
        if (prefixed(joined, 0, joined.length, LogRecord.Trust.FORGED, begin)) {
            return true;
        }
        if (unfinished.pieces() < MOST_BROKEN && !matches(b, from, to)) {
            return true;
        }
        unfinished.removeLast();
        flushBroken();
        return false;
    }

    private boolean matches(byte[] b, int from, int to) {
        return prefixes.all().stream().anyMatch(prefix -> prefix.match(b, from, to, match));
    }

    private void flushBroken() {
        if (unfinished.isBroken()) {
            byte[] text = unfinished.take();
            stranger(text, 0, text.length);
        }
    }

    private boolean prefixed(byte[] b, int from, int to, LogRecord.Trust trust, long begin) {
        return prefixed(b, from, to, trust, begin, false);
    }

    private boolean prefixed(byte[] b, int from, int to, LogRecord.Trust trust, long begin, boolean withTime) {
        List<LinePrefix> all = prefixes.all();
        for (int i = 0; i < all.size(); i++) { // for every line: an iterator would cost more than the rest
            LinePrefix prefix = all.get(i);
            if ((prefix.hasTime() || !withTime) && prefix.match(b, from, to, match)) {
                if (trust == LogRecord.Trust.FORGED) {
                    unfinished.drop();
                }
                begin(match.head(b, to), trust, begin);
                return true;
            }
        }
        return false;
    }

    private void begin(Head read, LogRecord.Trust trust, long line) {
        counts.heads++;
        counts.torn += trust == LogRecord.Trust.TORN ? 1 : 0;
        counts.forged += trust == LogRecord.Trust.FORGED ? 1 : 0;
        mute = false;
        Head head = withOuter(read);
        if (head.part() == Part.FOREIGN) {
            counts.foreignWord(head.word());
        }
        long process = head.fields().process();
        LogRecord known = open.of(process);
        if (head.part().attaches() && known != null) {
            known.begin(head.part(), head.text());
            current = known;
            return;
        }
        if (head.part().attaches() && open.wasPassed(process)) {
            current = null;
            return;
        }
        LogRecord record = new LogRecord(head, place(line, head), trust);
        current = record;
        clock.accept(head.stamp());
        open.begin(record, false);
    }

    private Head withOuter(Head head) {
        if (outer == null) {
            return head;
        }
        if (head.fields().process() == 0 && !outer.process().isEmpty()) {
            head.fields().set('p', outer.process());
        }
        return head.stamp().known()
                ? head
                : new Head(head.fields(), head.part(), head.word(), head.text(), outer.stamp());
    }

    private Place place(long line, Head head) {
        return new Place(origin, log, line, head.stamp());
    }

    // ---- lines that are none

    private int tornAt(byte[] b, int from, int to) {
        for (int i = from; i < to - 19; i++) {
            if (b[i + 4] == '-' && StampReader.isDateTime(b, i, to, ' ') && matches(b, i, to)) {
                return i;
            }
        }
        return to;
    }

    /** The rest of a torn line; what comes after it without a head belongs to nobody who is known. */
    private void torn(byte[] b, int from, int to) {
        int next = tornAt(b, from + 1, to);
        prefixed(b, from, next, LogRecord.Trust.TORN, number);
        if (next < to) {
            torn(b, next, to);
        }
        mute = true;
    }

    private void stranger(byte[] b, int from, int to) {
        counts.stranger(Text.decode(b, from, Math.min(to, from + 200)));
        if (looksLikeRecord(b, from, Math.min(to, from + 300))) {
            counts.otherPrefixes++;
            current = null;
        } else if (!mute) {
            goOn(Text.decode(b, from, to));
        }
    }

    private static boolean looksLikeRecord(byte[] b, int from, int to) {
        for (int i = from + 3; i < to - 2; i++) {
            if (b[i] == ':' && b[i + 1] == ' ' && b[i + 2] == ' ') {
                int length = Severities.length(b, from, i);
                String word = new String(b, i - length, length, StandardCharsets.UTF_8);
                if (length > 0 && Severities.of(word) != Part.FOREIGN) {
                    return true;
                }
            }
        }
        return false;
    }

    // ---- for the fast pass

    /** A record that nobody needs to see: it only closes the one before it. */
    public void pass(long process) {
        open.pass(process);
        current = null;
        mute = false;
    }

    /** {@return whether the last record of that process was passed over} */
    public boolean wasPassed(long process) {
        return open.wasPassed(process);
    }

    /** What comes next belongs to a record that was passed over. */
    public void ignore() {
        current = null;
        mute = false;
    }

    /** Lines that the fast pass understood by itself. */
    public void skipLines(long lines) {
        number += lines;
    }

    /** Goes on behind other logs and other lines. */
    public void follow(int logs, long lines) {
        if (log == 0) {
            number += lines;
            unfinished.follow(lines);
        }
        log += logs;
    }

    /** {@return whether a record of that process can still grow} */
    public boolean isOpen(long process) {
        return open.of(process) != null;
    }

    /** {@return whether the next line belongs to something that is not complete} */
    public boolean isUnfinished() {
        return unfinished.isAny();
    }

    /** Hands on what is left. */
    public void finish() {
        if (unfinished.isCsv() || unfinished.isJson()) {
            readApart();
        }
        flushBroken();
        open.finish();
        current = null;
    }

    /**
     * Takes records from that line on away: another part of the log hands them on.
     *
     * @param inLog the log that has the line, as places have it
     * @param line the line, from 1
     * @return whether that is possible
     */
    public boolean endBefore(int inLog, long line) {
        boolean possible = !unfinished.isCsv() && !unfinished.isJson();
        if (!possible) {
            readApart();
        }
        unfinished.drop();
        open.forgetFrom(inLog, line);
        open.finish();
        current = null;
        return possible;
    }

    /** {@return the first line of the log at hand that is needed to go on after the last one} */
    public long firstNeeded() {
        return unfinished.firstLine(open.firstLine(logNumber(), number + 1));
    }

    /** Hands on the records that begin before that line of the log at hand, or in a log before it. */
    public void handOnBefore(long line) {
        open.handOnBefore(logNumber(), line);
    }

    /** {@return the number of the log at hand among all that were read, as places have it} */
    public int logNumber() {
        return origin.log(log);
    }

    /** Writes where what is not complete begins, and nothing of what it says. */
    public void writeOutline(DataOutput out) throws IOException {
        out.writeInt(logNumber());
        out.writeLong(number);
        out.writeLong(current == null ? 0 : current.place().line());
        out.writeBoolean(mute);
        out.writeBoolean(unfinished.isAny());
        open.writeOutline(out);
    }

    /** The lines that come next follow those of that log. */
    public void startAfter(int ofLog, long line) {
        log = ofLog;
        number = line;
    }

    /**
     * Goes on from an outline.
     *
     * @param in the outline
     * @param again what has read the lines again in which the records begin that are not complete
     */
    public void readOutline(DataInput in, RecordAssembler again) throws IOException {
        log = in.readInt();
        number = in.readLong();
        long line = in.readLong();
        mute = in.readBoolean();
        if (in.readBoolean()) {
            unfinished.takeOver(again.unfinished);
        }
        open.readOutline(in, again.open);
        current = open.at(line);
    }

    /** Writes what is not complete. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(log);
        out.writeLong(number);
        out.writeLong(current == null ? 0 : current.place().line());
        out.writeBoolean(mute);
        open.write(out);
        unfinished.write(out);
    }

    /** Goes on from what was written. */
    public void read(DataInput in) throws IOException {
        log = in.readInt();
        number = in.readLong();
        long line = in.readLong();
        mute = in.readBoolean();
        open.read(in, origin);
        unfinished.read(in);
        current = open.at(line);
    }
}
