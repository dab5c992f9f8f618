package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.logs.record.Text;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Something that a log says of one session. Kept where its effect depends on what the log said before. */
sealed interface SessionEvent {

    void applyTo(Session session);

    void write(Pool.Writer out) throws IOException;

    /** {@return whether a statement begins with it} */
    default boolean beginsStatement() {
        return false;
    }

    /** {@return whether no block is open after it, whatever was before} */
    default boolean decides() {
        return false;
    }

    /** {@return whether it can make undone, or change the place of, what was decided} */
    default boolean doubts() {
        return false;
    }

    /** {@return the part of it that comes after the decision that no block is open; empty if it has none} */
    default Optional<SessionEvent> settled() {
        return Optional.of(this);
    }

    /** {@return one that was written} */
    static SessionEvent read(Pool.Reader in) throws IOException {
        char type = in.data().readChar();
        return switch (type) {
            case 'I' -> new Idle();
            case 'C' -> new Closed(in.data().readBoolean());
            case 'R' -> Run.read(in);
            case 'E' -> new Ended(Duration.ofNanos(in.data().readLong()), Text.read(in.data()), Text.read(in.data()));
            case 'F' -> Failure.read(in);
            case 'M' ->
                new Mention(TextKey.read(in.data()), in.sightings(), in.data().readBoolean());
            case 'P' ->
                new Report(
                        TextKey.read(in.data()), Text.read(in.data()), in.data().readBoolean(), in.sightings());
            default -> throw new IOException("not an event of a session: " + type);
        };
    }

    /** Another statement began; it destroys nothing and leaves its transaction alone. */
    record Idle() implements SessionEvent {
        @Override
        public void applyTo(Session session) {
            session.idle();
        }

        @Override
        public boolean beginsStatement() {
            return true;
        }

        @Override
        public void write(Pool.Writer out) throws IOException {
            out.data().writeChar('I');
        }
    }

    /**
     * The session is over.
     *
     * @param orderly whether it ended by itself, after its last statement
     */
    record Closed(boolean orderly) implements SessionEvent {
        @Override
        public void applyTo(Session session) {
            session.close(orderly);
        }

        @Override
        public void write(Pool.Writer out) throws IOException {
            out.data().writeChar('C');
            out.data().writeBoolean(orderly);
        }
    }

    /**
     * A statement is about to run, or ran.
     *
     * @param key its text
     * @param items what it does, in the order of its text
     * @param ended whether it has run
     * @param took how long it took
     */
    record Run(TextKey key, List<RunItem> items, boolean ended, Optional<Duration> took) implements SessionEvent {
        @Override
        public void applyTo(Session session) {
            session.run(this);
        }

        @Override
        public boolean beginsStatement() {
            return true;
        }

        @Override
        public boolean decides() {
            return items.stream().anyMatch(item -> item instanceof Step step && step.decides());
        }

        /** A text that has run may have been reported before: then what it destroys is known already. */
        @Override
        public Optional<SessionEvent> settled() {
            int after = 0;
            for (int i = 0; i < items.size(); i++) {
                after = items.get(i) instanceof Step step && step.decides() ? i + 1 : after;
            }
            List<RunItem> rest = items.subList(after, items.size());
            boolean known = ended && rest.stream().anyMatch(Sighting.class::isInstance);
            return known ? Optional.empty() : Optional.of(new Run(key, List.copyOf(rest), ended, took));
        }

        @Override
        public void write(Pool.Writer out) throws IOException {
            DataOutput data = out.data();
            data.writeChar('R');
            key.write(data);
            data.writeBoolean(ended);
            data.writeLong(took.map(Duration::toNanos).orElse(-1L));
            data.writeInt(items.size());
            for (RunItem item : items) {
                data.writeBoolean(item instanceof Step);
                if (item instanceof Step step) {
                    data.writeUTF(step.kind().name());
                    Text.write(data, step.name());
                } else {
                    out.sighting((Sighting) item);
                }
            }
        }

        static Run read(Pool.Reader in) throws IOException {
            DataInput data = in.data();
            TextKey key = TextKey.read(data);
            boolean ended = data.readBoolean();
            Optional<Duration> took =
                    Optional.of(data.readLong()).filter(n -> n >= 0).map(Duration::ofNanos);
            List<RunItem> items = new ArrayList<>();
            for (int i = data.readInt(); i > 0; i--) {
                items.add(
                        data.readBoolean()
                                ? new Step(Step.Kind.valueOf(data.readUTF()), 0, "", Text.read(data))
                                : in.sighting());
            }
            return new Run(key, items, ended, took);
        }
    }

    /**
     * The statement that runs has ended without an error.
     *
     * @param took how long it took
     * @param transaction its transaction, empty if the line does not tell
     * @param query its query id, empty if the line does not tell
     */
    record Ended(Duration took, String transaction, String query) implements SessionEvent {
        @Override
        public void applyTo(Session session) {
            session.ended(this);
        }

        @Override
        public void write(Pool.Writer out) throws IOException {
            out.data().writeChar('E');
            out.data().writeLong(took.toNanos());
            Text.write(out.data(), transaction);
            Text.write(out.data(), query);
        }
    }

    /**
     * An error.
     *
     * @param key the text of the statement, as far as the log has it
     * @param sqlState its SQLSTATE, empty if not known
     * @param message its message without values, where it is known to hold none
     * @param transaction its transaction, empty if the line does not tell
     * @param query its query id, empty if the line does not tell
     * @param own what the text would have destroyed, if it was not seen before
     * @param nested what a function or a cascade in it would have destroyed
     * @param fatal whether the session ends with it
     * @param beforeAnythingRan whether the text could not even be read
     */
    record Failure(
            TextKey key,
            String sqlState,
            Optional<String> message,
            String transaction,
            String query,
            List<Sighting> own,
            List<Sighting> nested,
            boolean fatal,
            boolean beforeAnythingRan)
            implements SessionEvent {
        @Override
        public void applyTo(Session session) {
            session.failed(this);
        }

        @Override
        public void write(Pool.Writer out) throws IOException {
            DataOutput data = out.data();
            data.writeChar('F');
            key.write(data);
            Text.write(data, sqlState);
            data.writeBoolean(message.isPresent());
            Text.write(data, message.orElse(""));
            Text.write(data, transaction);
            Text.write(data, query);
            out.sightings(own);
            out.sightings(nested);
            data.writeBoolean(fatal);
            data.writeBoolean(beforeAnythingRan);
        }

        @Override
        public boolean doubts() {
            return beforeAnythingRan;
        }

        @Override
        public Optional<SessionEvent> settled() {
            return Optional.of(new Failure(
                    key, sqlState, message, transaction, query, List.of(), List.of(), fatal, beforeAnythingRan));
        }

        static Failure read(Pool.Reader in) throws IOException {
            DataInput data = in.data();
            TextKey key = TextKey.read(data);
            String sqlState = Text.read(data);
            boolean known = data.readBoolean();
            String message = Text.read(data);
            return new Failure(
                    key,
                    sqlState,
                    known ? Optional.of(message) : Optional.empty(),
                    Text.read(data),
                    Text.read(data),
                    in.sightings(),
                    in.sightings(),
                    data.readBoolean(),
                    data.readBoolean());
        }
    }

    /**
     * Another record that holds the running statement, such as that of a temporary file.
     *
     * @param key its text
     * @param sightings what it destroys
     * @param crashed whether its process died
     */
    record Mention(TextKey key, List<Sighting> sightings, boolean crashed) implements SessionEvent {
        @Override
        public void applyTo(Session session) {
            session.mentioned(this);
        }

        @Override
        public boolean doubts() {
            return true;
        }

        @Override
        public void write(Pool.Writer out) throws IOException {
            out.data().writeChar('M');
            key.write(out.data());
            out.sightings(sightings);
            out.data().writeBoolean(crashed);
        }
    }

    /**
     * An extension reports one act of a statement: a row of pgaudit, or a plan of auto_explain.
     *
     * @param key the text that the act is part of
     * @param group tells the acts of one statement from those of others, empty if the extension does not
     * @param foreignKey whether a foreign key did it
     * @param candidates the act; several where the text has several that it can be
     */
    record Report(TextKey key, String group, boolean foreignKey, List<Sighting> candidates) implements SessionEvent {
        @Override
        public void applyTo(Session session) {
            session.reported(this);
        }

        @Override
        public boolean doubts() {
            return true;
        }

        @Override
        public void write(Pool.Writer out) throws IOException {
            out.data().writeChar('P');
            key.write(out.data());
            Text.write(out.data(), group);
            out.data().writeBoolean(foreignKey);
            out.sightings(candidates);
        }
    }
}
