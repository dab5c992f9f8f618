package io.github.rowsleuth.logs.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A statement of a session, from when it is first seen until the next one. */
final class Running {

    final TextKey key;
    final List<Sighting> sightings = new ArrayList<>();
    /** What was committed while it ran. */
    final List<Sighting> committed = new ArrayList<>();

    final boolean wasInBlock;
    boolean ended;
    /** Whether the server itself logged it, not only an extension or a record about something else. */
    boolean announced;
    /** Whether it does more after what it commits. */
    boolean goesOnAfterCommit;

    Running(TextKey key, boolean wasInBlock) {
        this.key = key;
        this.wasInBlock = wasInBlock;
    }

    boolean isIdle() {
        return sightings.isEmpty() && committed.isEmpty();
    }

    void write(Pool.Writer out) throws IOException {
        key.write(out.data());
        out.data().writeBoolean(wasInBlock);
        out.sightings(sightings);
        out.sightings(committed);
        out.data().writeBoolean(ended);
        out.data().writeBoolean(announced);
        out.data().writeBoolean(goesOnAfterCommit);
    }

    static Running read(Pool.Reader in) throws IOException {
        Running running = new Running(TextKey.read(in.data()), in.data().readBoolean());
        running.sightings.addAll(in.sightings());
        running.committed.addAll(in.sightings());
        running.ended = in.data().readBoolean();
        running.announced = in.data().readBoolean();
        running.goesOnAfterCommit = in.data().readBoolean();
        return running;
    }
}
