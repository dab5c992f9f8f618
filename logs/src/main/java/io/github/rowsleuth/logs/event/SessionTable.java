package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.logs.record.LogRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions of a part of a log, by their processes; the ones that were silent longest are forgotten. */
public final class SessionTable {

    private static final int MOST = 20_000;
    private static final String RECEIVED = "connection received: host=";
    private static final String AUTHORIZED = "connection authorized: ";

    private static final SessionEvent IDLE = new SessionEvent.Idle();
    private static final List<RunItem> BEGIN = List.of(new Step(Step.Kind.BEGIN, 0, "", ""));
    private static final List<RunItem> COMMIT = List.of(new Step(Step.Kind.COMMIT, 0, "", ""));
    private static final List<RunItem> ROLLBACK = List.of(new Step(Step.Kind.ROLLBACK, 0, "", ""));

    private final Ledger ledger;
    private final boolean fromStart;
    private final LongMap<SessionTrack> tracks = new LongMap<>();
    /** Processes whose sessions are known to be idle: asked for every record of a log. */
    private final long[] idle = new long[1024];

    private boolean reset;

    /**
     * Makes a table.
     *
     * @param ledger where statements are entered
     * @param fromStart whether the log is read from its beginning
     */
    public SessionTable(Ledger ledger, boolean fromStart) {
        this.ledger = ledger;
        this.fromStart = fromStart;
    }

    /** {@return the session that wrote the record; one of its own if the log does not tell processes apart} */
    SessionTrack of(LogRecord record) {
        return of(record.process(), record.field('c').orElse(""));
    }

    private SessionTrack of(long process, String sessionId) {
        if (process == 0) {
            return SessionTrack.whole(ledger);
        }
        SessionTrack track = ofProcess(process);
        track.meets(sessionId);
        return track;
    }

    void meets(LogRecord record) {
        SessionTrack track = tracks.get(record.process());
        if (track != null && record.process() != 0) {
            stir(record.process());
            track.meets(record.field('c').orElse(""));
        }
    }

    /** A statement began that destroys nothing. */
    void idle(LogRecord record) {
        meets(record);
        if (record.process() != 0 && !isIdle(record.process())) {
            idle(record.process());
        }
    }

    private static int idleSlot(long process) {
        return (int) process & 1023;
    }

    /** The session of that process may be about to change. */
    private void stir(long process) {
        idle[idleSlot(process)] = 0;
    }

    private void stirAll() {
        Arrays.fill(idle, 0);
    }

    /** {@return the session of that process} */
    SessionTrack ofProcess(long process) {
        stir(process);
        SessionTrack known = tracks.get(process);
        if (known != null) {
            return known;
        }
        SessionTrack track = fromStart || reset ? SessionTrack.whole(ledger) : SessionTrack.partly(ledger);
        tracks.put(process, track);
        if (tracks.size() > MOST && fromStart) {
            tracks.keepNewest(MOST / 2);
            stirAll();
        }
        return track;
    }

    /** {@return whether a statement of that process that destroys nothing would change nothing} */
    public boolean isIdle(long process) {
        if (idle[idleSlot(process)] == process && process != 0) {
            return true;
        }
        SessionTrack track = tracks.get(process);
        boolean isIdle = track == null ? fromStart || reset : track.isIdle();
        idle[idleSlot(process)] = isIdle ? process : 0;
        return isIdle;
    }

    /** A statement of that process began that destroys nothing. */
    public void idle(long process) {
        ofProcess(process).accept(IDLE);
    }

    /** Notices that the process was given to another session, as the bytes of its id show. */
    public void meets(long process, byte[] b, int from, int to) {
        SessionTrack track = tracks.get(process);
        if (track != null && !track.identity().isSession(b, from, to)) {
            stir(process);
            track.meets(new String(b, from, to - from, StandardCharsets.US_ASCII));
        }
    }

    /** A block of that process was opened, by a text of that hash and length. */
    public void begin(long process, int hash, int length, boolean ended) {
        step(process, BEGIN, hash, length, ended);
    }

    /** The block of that process was committed. */
    public void commit(long process, int hash, int length, boolean ended) {
        step(process, COMMIT, hash, length, ended);
    }

    /** The block of that process was rolled back. */
    public void rollback(long process, int hash, int length, boolean ended) {
        step(process, ROLLBACK, hash, length, ended);
    }

    private void step(long process, List<RunItem> step, int hash, int length, boolean ended) {
        SessionTrack track = ofProcess(process);
        if (!ended || !track.ran(((Step) step.get(0)).kind())) {
            track.accept(new SessionEvent.Run(new TextKey(hash, length), step, ended, Optional.empty()));
        }
    }

    /** Follows beginnings and ends of sessions. {@return whether the record spoke of one} */
    boolean follow(LogRecord record, String message) {
        if (follow(record.process(), record.field('c').orElse(""), message)) {
            return true;
        }
        if (message.startsWith("starting PostgreSQL ") || message.startsWith("all server processes terminated")) {
            reset();
            return true;
        }
        return false;
    }

    /**
     * Follows the beginning or the end of a session.
     *
     * @param process its process
     * @param sessionId its id, empty if the log does not tell
     * @param message what the server said
     * @return whether it was that
     */
    public boolean follow(long process, String sessionId, String message) {
        if (message.startsWith(RECEIVED)) {
            end(process, false);
            String host = message.substring(RECEIVED.length());
            int port = host.indexOf(" port=");
            of(process, sessionId).identity().learn('h', port < 0 ? host : host.substring(0, port));
            return true;
        }
        if (message.startsWith(AUTHORIZED)) {
            Authorized.learn(
                    message.substring(AUTHORIZED.length()),
                    of(process, sessionId).identity());
            return true;
        }
        if (message.startsWith("disconnection: ")) {
            end(process, true);
            return true;
        }
        return message.startsWith("connection authenticated: ") || message.startsWith("connection ready: ");
    }

    private void end(long process, boolean orderly) {
        SessionTrack track = tracks.get(process);
        if (process == 0 || (track == null && (fromStart || reset))) {
            return;
        }
        SessionTrack ended = ofProcess(process);
        ended.close(orderly);
        stir(process);
        if (!ended.hasUntold()) {
            tracks.remove(process);
        }
    }

    /** All sessions are over: process ids begin anew, in a container with the same numbers. */
    private void reset() {
        reset = true;
        stirAll();
        for (Map.Entry<Long, SessionTrack> entry : tracks.entries()) {
            entry.getValue().close(false);
            if (!entry.getValue().hasUntold()) {
                tracks.remove(entry.getKey());
            }
        }
    }

    /** Goes on with what the next part of the log shows. */
    public void join(SessionTable next) {
        stirAll();
        List<Long> seen = new ArrayList<>();
        for (Map.Entry<Long, SessionTrack> entry : next.tracks.entries()) {
            if (entry.getValue().hasUntold()) {
                seen.add(entry.getKey());
                ofProcess(entry.getKey()).join(entry.getValue());
            }
        }
        if (next.reset) {
            for (Map.Entry<Long, SessionTrack> entry : tracks.entries()) {
                if (!seen.contains(entry.getKey())) {
                    entry.getValue().close(false);
                }
            }
            reset = true;
        }
        for (Map.Entry<Long, SessionTrack> entry : next.tracks.entries()) {
            if (!entry.getValue().hasUntold()) {
                tracks.put(entry.getKey(), entry.getValue());
            }
        }
    }

    /** Tells every session everything: there is no earlier part. */
    public void tellAll() {
        stirAll();
        tracks.entries().forEach(entry -> entry.getValue().tellAll());
    }

    /** Writes it. */
    public void write(Pool.Writer out) throws IOException {
        write(out, tracks.entries());
    }

    /** Writes those of which something is known. */
    public void writeKnown(Pool.Writer out) throws IOException {
        write(
                out,
                tracks.entries().stream()
                        .filter(entry -> !entry.getValue().isBlank())
                        .toList());
    }

    private void write(Pool.Writer out, List<Map.Entry<Long, SessionTrack>> all) throws IOException {
        out.data().writeBoolean(reset);
        out.data().writeInt(all.size());
        for (Map.Entry<Long, SessionTrack> entry : all) {
            out.data().writeLong(entry.getKey());
            entry.getValue().write(out);
        }
    }

    /** Reads what was written. */
    public void read(Pool.Reader in) throws IOException {
        stirAll();
        reset = in.data().readBoolean();
        for (int i = in.data().readInt(); i > 0; i--) {
            tracks.put(in.data().readLong(), SessionTrack.read(in, ledger));
        }
    }
}
