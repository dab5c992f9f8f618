package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.logs.record.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as a part of a log shows it. What happens to it depends on what was before: a {@code COMMIT} ends a block
 * that may have begun in an earlier part. Until something settles that, events are kept as they are, to be told to the
 * session once the earlier part is known; from there on they take effect at once.
 */
final class SessionTrack {

    private static final int MOST = 50_000;

    /** An event, and the session id that its record has. */
    private record Told(String sessionId, SessionEvent event) {}

    private final Ledger ledger;
    private final List<Told> untold = new ArrayList<>();
    private final Identity first;
    private Identity identity;
    private @Nullable Session session;
    private int decided = -1;

    private SessionTrack(Ledger ledger, Identity identity, @Nullable Session session) {
        this.ledger = ledger;
        this.first = identity;
        this.identity = identity;
        this.session = session;
    }

    /** {@return a session of which everything is known from its beginning} */
    static SessionTrack whole(Ledger ledger) {
        return new SessionTrack(ledger, new Identity(), new Session(ledger));
    }

    /** {@return a session that may have begun before} */
    static SessionTrack partly(Ledger ledger) {
        return new SessionTrack(ledger, new Identity(), null);
    }

    /** {@return who it is} */
    Identity identity() {
        return identity;
    }

    /** {@return whether a statement that destroys nothing would change nothing} */
    boolean isIdle() {
        return session != null ? session.isIdle() : endsIdle();
    }

    private boolean endsIdle() {
        return !untold.isEmpty() && untold.get(untold.size() - 1).event instanceof SessionEvent.Idle;
    }

    /** Notices that a process id was given to another session. */
    void meets(String sessionId) {
        if (!identity.admits(sessionId)) {
            close(false);
            identity.admits(sessionId);
        }
    }

    /** The session is over; what comes next is another one. */
    void close(boolean orderly) {
        accept(new SessionEvent.Closed(orderly));
        identity = new Identity();
    }

    void accept(SessionEvent event) {
        if (session != null) {
            event.applyTo(session);
            return;
        }
        if (event instanceof SessionEvent.Closed) {
            keep(event);
            session = new Session(ledger);
        } else if (decided >= 0 && event.beginsStatement()) {
            settle();
            accept(event);
        } else {
            keep(event);
        }
    }

    /** {@return whether a statement that began or ended a block was all there was to tell} */
    boolean ran(Step.Kind kind) {
        return session != null && session.ran(kind);
    }

    private void keep(SessionEvent event) {
        if (event instanceof SessionEvent.Run run && run.decides()) {
            decided = run.settled().isPresent() ? untold.size() : -1;
        } else if (event.doubts()) {
            decided = -1;
        }
        boolean again = endsIdle() && (event instanceof SessionEvent.Idle || event instanceof SessionEvent.Ended);
        if (!again && (untold.size() < MOST || event.decides() || event instanceof SessionEvent.Closed)) {
            untold.add(new Told(identity.sessionId(), event));
        }
    }

    /**
     * No block that began before is open any more: what came after the decision is also told to a session that knows
     * nothing else. Everything in it takes effect once, however often it is told.
     */
    private void settle() {
        Session settled = new Session(ledger);
        for (Told told : untold.subList(decided, untold.size())) {
            told.event.settled().ifPresent(event -> event.applyTo(settled));
        }
        session = settled;
    }

    /** Goes on with what the next part of the log shows of the session. */
    void join(SessionTrack next) {
        boolean linked = false;
        for (Told told : next.untold) {
            if (!identity.admits(told.sessionId)) {
                close(false);
                identity = next.first;
                linked = true;
            } else if (!linked) {
                next.first.continues(identity);
                identity = next.first;
                linked = true;
            }
            accept(told.event);
        }
        if (next.session != null) {
            session = next.session;
            identity = next.identity;
        }
    }

    /** Tells everything, at the beginning of a log. */
    void tellAll() {
        if (session == null) {
            Session fresh = new Session(ledger);
            session = fresh;
            untold.forEach(told -> told.event.applyTo(fresh));
        }
    }

    /** {@return whether a new one in its place would do the same} */
    boolean isBlank() {
        return session != null && session.isBlank() && untold.isEmpty() && identity.isBlank();
    }

    boolean hasUntold() {
        return !untold.isEmpty();
    }

    void write(Pool.Writer out) throws IOException {
        out.identity(first);
        out.identity(identity);
        out.data().writeInt(decided);
        out.data().writeInt(untold.size());
        for (Told told : untold) {
            Text.write(out.data(), told.sessionId);
            told.event.write(out);
        }
        out.data().writeBoolean(session != null);
        if (session != null) {
            session.write(out);
        }
    }

    static SessionTrack read(Pool.Reader in, Ledger ledger) throws IOException {
        SessionTrack track = new SessionTrack(ledger, in.identity(), null);
        track.identity = in.identity();
        track.decided = in.data().readInt();
        for (int i = in.data().readInt(); i > 0; i--) {
            track.untold.add(new Told(Text.read(in.data()), SessionEvent.read(in)));
        }
        if (in.data().readBoolean()) {
            Session session = new Session(ledger);
            session.read(in);
            track.session = session;
        }
        return track;
    }
}
