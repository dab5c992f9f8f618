package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.logs.record.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A transaction block, as far as the log shows it. */
final class Block {

    private static final int MOST_SAVEPOINTS = 10_000;

    /** A savepoint, and how many statements came before it. */
    private record Savepoint(String name, int before) {}

    private final List<Savepoint> savepoints = new ArrayList<>();
    private List<Sighting> sightings = new ArrayList<>();
    private int purgeAt = 1_000;
    private boolean open;
    private boolean failed;

    boolean isOpen() {
        return open;
    }

    /** {@return whether nothing in it awaits its end} */
    boolean isEmpty() {
        return sightings.isEmpty();
    }

    void open() {
        leave();
        open = true;
    }

    /** It goes on elsewhere, or was never there. */
    void leave() {
        open = false;
        failed = false;
        sightings = sightings.isEmpty() ? sightings : new ArrayList<>();
        savepoints.clear();
        purgeAt = 1_000;
    }

    void add(Sighting sighting) {
        sightings.add(sighting);
        if (sightings.size() >= purgeAt && savepoints.isEmpty()) {
            sightings.removeIf(Sighting::isDropped);
            purgeAt = 2 * Math.max(500, sightings.size());
        }
    }

    void fail() {
        failed |= open;
    }

    /** {@return what was committed, or rolled back because of an error} */
    List<Sighting> commit() {
        List<Sighting> ended = sightings;
        boolean undone = failed;
        leave();
        ended.forEach(s -> s.endsIfOpen(undone ? End.ROLLED_BACK : End.COMMITTED));
        return ended;
    }

    void rollback() {
        sightings.forEach(s -> s.endsIfOpen(End.ROLLED_BACK));
        leave();
    }

    void savepoint(String name) {
        if (open && savepoints.size() < MOST_SAVEPOINTS) {
            Savepoint savepoint = new Savepoint(name, sightings.size());
            savepoints.remove(savepoint); // the same place by the same name says nothing new
            savepoints.add(savepoint);
        }
    }

    void release(String name) {
        int at = last(name);
        if (at >= 0) {
            savepoints.subList(at, savepoints.size()).clear();
        }
    }

    void rollbackTo(String name) {
        int at = last(name);
        if (at >= 0) {
            int from = savepoints.get(at).before;
            sightings.subList(from, sightings.size()).forEach(s -> s.endsIfOpen(End.ROLLED_BACK));
            savepoints.subList(at + 1, savepoints.size()).clear();
            failed = false;
        }
    }

    private int last(String name) {
        for (int i = savepoints.size() - 1; i >= 0; i--) {
            if (savepoints.get(i).name.equals(name)) {
                return i;
            }
        }
        return -1;
    }

    void write(Pool.Writer out) throws IOException {
        out.data().writeBoolean(open);
        out.data().writeBoolean(failed);
        out.sightings(sightings);
        out.data().writeInt(savepoints.size());
        for (Savepoint savepoint : savepoints) {
            Text.write(out.data(), savepoint.name);
            out.data().writeInt(savepoint.before);
        }
    }

    void read(Pool.Reader in) throws IOException {
        open = in.data().readBoolean();
        failed = in.data().readBoolean();
        sightings = in.sightings();
        for (int i = in.data().readInt(); i > 0; i--) {
            savepoints.add(new Savepoint(Text.read(in.data()), in.data().readInt()));
        }
    }
}
