package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.evidence.Excerpt;
import io.github.rowsleuth.logs.record.LogRecord;
import io.github.rowsleuth.logs.record.Place;
import io.github.rowsleuth.logs.record.Text;
import io.github.rowsleuth.sql.DestructiveStatement;
import io.github.rowsleuth.sql.SqlText;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A destructive statement that a log showed; how it ended comes later in the log. */
public final class Sighting implements RunItem {

    private static final String KEPT = "udahrpxvQ";
    private static final int SHORT = 500;

    private final DestructiveStatement statement;
    private final Identity identity;
    private final String[] fields;
    private final Set<Caveat> caveats = EnumSet.noneOf(Caveat.class);
    private String text;
    private boolean redacted;
    private final Place place;
    private int index;
    private End end = End.OPEN;
    private String sqlState = "";
    private Optional<String> message = Optional.empty();
    private Optional<String> within = Optional.empty();
    private Optional<String> parameters = Optional.empty();
    private Optional<Duration> duration = Optional.empty();
    private Optional<Long> rows = Optional.empty();
    private boolean reported;
    private boolean entered;
    private boolean dropped;

    private Sighting(DestructiveStatement statement, Identity identity, String[] fields, String text, Place place) {
        this.statement = statement;
        this.identity = identity;
        this.fields = fields;
        this.text = text;
        this.place = place;
    }

    /**
     * A statement that a record shows.
     *
     * @param statement what it does
     * @param sql the text that holds it; only a part is kept, and nothing of its values after {@link #text()}
     * @param record the record
     * @param identity the session that runs it
     */
    static Sighting of(DestructiveStatement statement, String sql, LogRecord record, Identity identity) {
        String[] fields = new String[KEPT.length()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = record.field(KEPT.charAt(i)).orElse("");
        }
        int begin = sql.length() <= Excerpt.MAX_LENGTH ? 0 : Math.min(statement.offset(), sql.length());
        String shown = sql.substring(begin, Math.min(sql.length(), begin + 4 * Excerpt.MAX_LENGTH));
        Sighting sighting = new Sighting(statement, identity, fields, shown, record.place());
        if (shown.length() > SHORT) {
            sighting.text();
        }
        sighting.caveats.addAll(Caveat.of(record));
        return sighting;
    }

    Sighting ofProcess(long process) {
        for (int i = 0; i < fields.length; i++) {
            fields[i] = KEPT.charAt(i) == 'p' ? Long.toString(process) : ""; // the record is another session's
        }
        return this;
    }

    Sighting within(Optional<String> what) {
        within = what;
        return this;
    }

    Sighting parameters(Optional<String> names) {
        parameters = names;
        return this;
    }

    Sighting rows(Optional<Long> count) {
        rows = count;
        return this;
    }

    Sighting transaction(Optional<Long> xid) {
        xid.ifPresent(x -> fields[KEPT.indexOf('x')] = Long.toString(x));
        return this;
    }

    Sighting at(int number) {
        index = number;
        return this;
    }

    /** Takes over what a report of the same act says and this one does not. */
    void learnFrom(Sighting report) {
        reported = true;
        rows = rows.or(() -> report.rows);
        within = within.or(() -> report.within);
        parameters = parameters.or(() -> report.parameters);
        for (int i = 0; i < fields.length; i++) {
            if (fields[i].isEmpty() || (KEPT.charAt(i) == 'x' && fields[i].equals("0"))) {
                fields[i] = report.fields[i];
            }
        }
    }

    void reported() {
        reported = true;
    }

    /** {@return whether pgaudit or auto_explain has reported it already} */
    boolean isReported() {
        return reported;
    }

    void took(Duration time) {
        duration = duration.or(() -> Optional.of(time));
    }

    /** Learns the transaction and the query from a later line of the same statement. */
    void identify(String transaction, String query) {
        learn('x', transaction);
        learn('Q', query);
    }

    private void learn(char letter, String value) {
        int i = KEPT.indexOf(letter);
        if (fields[i].isEmpty() || fields[i].equals("0")) {
            fields[i] = value;
        }
    }

    void endsIfOpen(End how) {
        if (end.isOpen()) {
            end = how;
        }
    }

    void succeed() {
        if (end == End.OPEN) {
            end = End.SUCCEEDED;
        }
    }

    void ends(End how) {
        end = how;
    }

    void fails(String state, Optional<String> why) {
        end = End.FAILED;
        sqlState = state;
        message = why;
    }

    /** Enters the books. {@return whether it was not there before} */
    boolean enter() {
        boolean first = !entered;
        entered = true;
        return first;
    }

    /** Says that nobody needs it any more. */
    void drop() {
        dropped = true;
    }

    boolean isDropped() {
        return dropped;
    }

    /** {@return what it does} */
    public DestructiveStatement statement() {
        return statement;
    }

    /** {@return its text without values} */
    public String text() {
        if (!redacted) {
            text = SqlText.redact(text);
            redacted = true;
        }
        return text;
    }

    /** {@return where its record stands} */
    public Place place() {
        return place;
    }

    /** {@return its number among the statements of its record} */
    public int index() {
        return index;
    }

    /** {@return how it ended, up to now} */
    public End end() {
        return end;
    }

    /** {@return the session} */
    public Identity identity() {
        return identity;
    }

    /** {@return the SQLSTATE of its error} */
    public Optional<String> sqlState() {
        return Optional.of(sqlState).filter(s -> !s.isEmpty());
    }

    /** {@return the message of its error, without values} */
    public Optional<String> message() {
        return message;
    }

    /** {@return the function, trigger or foreign key that ran it} */
    public Optional<String> within() {
        return within;
    }

    /** {@return its parameters, without values} */
    public Optional<String> parameters() {
        return parameters;
    }

    /** {@return how long it took} */
    public Optional<Duration> duration() {
        return duration;
    }

    /** {@return how many rows it removed} */
    public Optional<Long> rows() {
        return rows;
    }

    /** {@return what makes it less certain} */
    public Set<Caveat> caveats() {
        return caveats;
    }

    /** {@return the field of that letter, of the record or as the server said it when the session began} */
    public Optional<String> fact(char letter) {
        int i = KEPT.indexOf(letter);
        return Optional.of(i < 0 ? "" : fields[i])
                .filter(value -> !value.isEmpty())
                .or(() -> identity.fact(letter));
    }

    /** {@return the session id, empty if the log has none} */
    public String sessionId() {
        return identity.sessionId();
    }

    /**
     * {@return a hash of all that an answer says of it, but where it stands}
     *
     * @param shows whether the log shows transactions there
     */
    public long fingerprint(boolean shows) {
        StringBuilder all = new StringBuilder()
                .append(statement)
                .append('\n')
                .append(text())
                .append('\n')
                .append(place.stamp())
                .append(end.answer(shows))
                .append(sqlState)
                .append(message)
                .append(within)
                .append(parameters)
                .append(duration)
                .append(rows)
                .append(caveats)
                .append(sessionId());
        for (int i = 0; i < KEPT.length(); i++) {
            all.append('\n').append(fact(KEPT.charAt(i)).orElse(""));
        }
        return Told.hash(all.toString());
    }

    void write(Pool.Writer writer) throws IOException {
        writer.identity(identity);
        DataOutput out = writer.data();
        Destruction.write(statement, out);
        Text.write(out, text());
        place.write(out);
        out.writeInt(index);
        for (String field : fields) {
            Text.write(out, field);
        }
        out.writeUTF(end.name());
        out.writeUTF(sqlState);
        for (Optional<String> value : List.of(message, within, parameters)) {
            out.writeBoolean(value.isPresent());
            Text.write(out, value.orElse(""));
        }
        out.writeLong(duration.map(Duration::toNanos).orElse(-1L));
        out.writeLong(rows.orElse(-1L));
        out.writeBoolean(reported);
        out.writeBoolean(entered);
        out.writeBoolean(dropped);
        out.writeInt(caveats.size());
        for (Caveat caveat : caveats) {
            out.writeUTF(caveat.name());
        }
    }

    static Sighting read(Pool.Reader reader) throws IOException {
        Identity identity = reader.identity();
        DataInput in = reader.data();
        DestructiveStatement statement = Destruction.read(in);
        String text = Text.read(in);
        Place place = Place.read(in, reader.origin());
        int index = in.readInt();
        String[] fields = new String[KEPT.length()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = Text.read(in);
        }
        Sighting s = new Sighting(statement, identity, fields, text, place);
        s.redacted = true;
        s.index = index;
        s.end = End.valueOf(in.readUTF());
        s.sqlState = in.readUTF();
        s.message = optional(in);
        s.within = optional(in);
        s.parameters = optional(in);
        s.duration = Optional.of(in.readLong()).filter(nanos -> nanos >= 0).map(Duration::ofNanos);
        s.rows = Optional.of(in.readLong()).filter(rows -> rows >= 0);
        s.reported = in.readBoolean();
        s.entered = in.readBoolean();
        s.dropped = in.readBoolean();
        for (int i = in.readInt(); i > 0; i--) {
            s.caveats.add(Caveat.valueOf(in.readUTF()));
        }
        return s;
    }

    private static Optional<String> optional(DataInput in) throws IOException {
        boolean present = in.readBoolean();
        String value = Text.read(in);
        return present ? Optional.of(value) : Optional.empty();
    }
}
