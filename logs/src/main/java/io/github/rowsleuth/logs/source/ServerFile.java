package io.github.rowsleuth.logs.source;

import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file in {@code log_directory}, read over SQL, as long as it was when it was listed. */
final class ServerFile implements LogStream {

    private static final int MARK = 256;

    private final ServerSession session;
    private final ServerAccess access;
    private final Optional<String> directory;
    private final ServerAccess.Listed listed;
    private byte @Nullable [] beginning;

    ServerFile(ServerSession session, ServerAccess access, Optional<String> directory, ServerAccess.Listed listed) {
        this.session = session;
        this.access = access;
        this.directory = directory;
        this.listed = listed;
    }

    @Override
    public String name() {
        return listed.name();
    }

    @Override
    public Optional<Instant> written() {
        return Optional.of(Instant.ofEpochMilli(listed.modified()));
    }

    @Override
    public InputStream open(Patience patience) throws IOException {
        return Unpacking.of(new Chunks(patience, 0));
    }

    @Override
    public InputStream openAt(Patience patience, long from) throws IOException, ProbeUnavailableException {
        return isPlain() ? new Chunks(patience, from) : LogStream.super.openAt(patience, from);
    }

    @Override
    public OptionalLong size() {
        return isPlain() ? OptionalLong.of(listed.size()) : OptionalLong.empty();
    }

    /** {@return whether it was looked at and is neither packed nor in UTF-16} */
    private boolean isPlain() {
        byte[] first = beginning;
        return first != null && !Unpacking.isGzip(first) && Unpacking.wide(first) == null;
    }

    private byte[] bytes(long from, int length) throws IOException {
        try {
            return access.bytes(session, directory, listed.name(), from, length).orElseThrow(this::gone);
        } catch (SQLException e) {
            throw broken(e);
        }
    }

    private IncompleteLogException gone() {
        return new IncompleteLogException(
                "the log, or its end: the server removed or renamed the file while it was read",
                "what it says after the last line that was read is not known",
                "ask again: the next reading lists the files anew");
    }

    private static IncompleteLogException broken(SQLException e) {
        String state = ServerSession.state(e);
        return switch (state) {
            case "57014" ->
                new IncompleteLogException(
                        "the log, or its end: a part of it could not be read within 5 seconds, or that was cancelled",
                        "what it says after the last line that was read is not known",
                        "look at the load of the server, and ask again");
            case "42501" ->
                new IncompleteLogException(
                        "the log, or its end: the server denied reading it",
                        "what it says is not known",
                        "see that the server's own user may read the file, and that the grants still stand");
            default ->
                new IncompleteLogException(
                        "the log, or its end: reading it over the connection failed with state " + state,
                        "what it says after the last line that was read is not known",
                        "look into the log by other means for a crash or a restart, and ask again");
        };
    }

    /** What is rotated by name is another file; what is overwritten or cut has another beginning or is shorter. */
    @Override
    public void check(Consumer<Note> notes) throws IOException {
        Optional<ServerAccess.Listed> now;
        try {
            now = ServerAccess.listed(session, listed.name());
        } catch (SQLException e) {
            throw broken(e);
        }
        byte[] before = beginning;
        if (now.isEmpty()) {
            notes.accept(new Note(
                    listed.name() + ": what was written after it was rotated while it was read",
                    "the newest lines are in another file",
                    "ask again: the next reading lists the files anew"));
        } else if (now.get().size() < listed.size()) {
            notes.accept(new Note(
                    listed.name() + ": a part of the log: the file was cut from " + listed.size()
                            + " bytes while it was read, as rotation does",
                    "lines that were in it may be missing here",
                    "ask again; log_truncate_on_rotation = off keeps what was written under the same name"));
        } else if (before != null && before.length > 0 && !Arrays.equals(before, bytes(0, before.length))) {
            notes.accept(new Note(
                    listed.name() + ": a part of the log: the file was overwritten while it was read",
                    "lines that were in it may be missing here",
                    "ask again; log_truncate_on_rotation = off keeps what was written under the same name"));
        } else if (now.get().size() > listed.size()) {
            notes.accept(new Note(
                    listed.name() + ": what was written while it was read: the file grew by "
                            + (now.get().size() - listed.size()) + " bytes",
                    "what the newest lines say is not known",
                    "read it again, from where this reading ended"));
        }
    }

    @Override
    public String toString() {
        return listed.name();
    }

    /** One part after the other: the first is small, for many a file is only looked at. */
    private final class Chunks extends InputStream {

        private static final int FIRST = 64 * 1024;
        private static final int SIZE = 1024 * 1024;

        private final Patience patience;
        private byte[] chunk = new byte[0];
        private int used;
        private long next;

        Chunks(Patience patience, long from) {
            this.patience = patience;
            this.next = from;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (used == chunk.length && !more()) {
                return -1;
            }
            int count = Math.min(length, chunk.length - used);
            System.arraycopy(chunk, used, target, offset, count);
            used += count;
            return count;
        }

        private boolean more() throws IOException {
            if (next >= listed.size()) {
                return false;
            }
            patience.check();
            int wanted = (int) Math.min(next == 0 ? FIRST : SIZE, listed.size() - next);
            chunk = bytes(next, wanted);
            used = 0;
            if (next == 0 && beginning == null) {
                beginning = Arrays.copyOf(chunk, Math.min(MARK, chunk.length));
            }
            next += chunk.length;
            if (chunk.length == 0) {
                throw new IncompleteLogException(
                        "the end of the log: the file was cut to " + next + " bytes while it was read",
                        "lines that were in it may be missing here",
                        "ask again; log_truncate_on_rotation = off keeps what was written under the same name");
            }
            return true;
        }
    }
}
