package io.github.rowsleuth.logs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of one session while the log is read: who it is, and the transaction that it is in. */
final class Session {

    private final long number;
    private final Map<Character, String> facts = new HashMap<>();
    private final Map<String, Integer> savepoints = new HashMap<>();
    private List<Sighting> block = new ArrayList<>();
    private List<Sighting> committed = List.of();
    private List<Sighting> last = new ArrayList<>();
    private final List<Sighting> outside = new ArrayList<>();
    private boolean inBlock;
    private boolean blockFailed;
    private int lastHash;
    private int lastLength = -1;

    Session(long number) {
        this.number = number;
    }

    /** {@return tells it from every other session of the same log} */
    long number() {
        return number;
    }

    /** Keeps what the server said when the session began. */
    void learn(char escape, String value) {
        facts.put(escape, value);
    }

    /** {@return what the server said of the session, apart from the prefixes of its own lines} */
    Optional<String> learned(char escape) {
        return Optional.ofNullable(facts.get(escape));
    }

    /** {@return the field of that escape: of the prefix, else as the server said it when the session began} */
    Optional<String> fact(Head head, char escape) {
        return head.field(escape).or(() -> learned(escape));
    }

    /** {@return whether that is the statement that was seen last} */
    boolean isLast(String text) {
        return text.length() == lastLength && text.hashCode() == lastHash;
    }

    /** {@return what the statement that was seen last destroys} */
    List<Sighting> last() {
        return last;
    }

    /** Begins a statement. Its text is kept as a hash: texts can be long, and sessions many. */
    void begin(String text) {
        lastHash = text.hashCode();
        lastLength = text.length();
        last = new ArrayList<>();
        committed = List.of();
    }

    /** Forgets the last statement, so that the same text is a new one. */
    void end() {
        lastLength = -1;
    }

    /** One step of the statement, and what it destroys. */
    void step(Step step) {
        switch (step.kind()) {
            case BEGIN -> open();
            case COMMIT -> commit();
            case ROLLBACK -> rollback();
            case HAND_OVER -> close();
            case SAVEPOINT -> savepoints.put(step.name(), block.size());
            case ROLLBACK_TO -> rollbackTo(step.name());
            case OTHER, PREPARE -> {}
        }
    }

    void add(Sighting sighting) {
        last.add(sighting);
        if (inBlock) {
            block.add(sighting);
        } else if (outside.size() < 1_000) {
            outside.add(sighting);
        }
    }

    private void open() {
        if (!inBlock) {
            close();
            inBlock = true;
        }
    }

    private void close() {
        inBlock = false;
        blockFailed = false;
        block = new ArrayList<>();
        savepoints.clear();
        outside.clear();
    }

    private void commit() {
        boolean failed = blockFailed;
        List<Sighting> ended = block;
        close();
        ended.forEach(s -> s.endsIfOpen(failed ? Sighting.End.ROLLED_BACK : Sighting.End.COMMITTED));
        committed = ended;
    }

    private void rollback() {
        if (inBlock) {
            block.forEach(s -> s.endsIfOpen(Sighting.End.ROLLED_BACK));
        } else {
            outside.forEach(Sighting::doubt); // its BEGIN lies before this log
        }
        close();
    }

    private void rollbackTo(String savepoint) {
        Integer from = savepoints.get(savepoint);
        if (from != null) {
            block.subList(from, block.size()).forEach(s -> s.endsIfOpen(Sighting.End.ROLLED_BACK));
            blockFailed = false;
        }
    }

    /** The statement that was seen last raised an error. */
    void failedLast(String sqlState, Optional<String> message) {
        last.forEach(s -> s.fails(sqlState, message));
        committed.forEach(Sighting::undo);
        failed();
    }

    /** A statement of this session raised an error. */
    void failed() {
        blockFailed = inBlock;
        end();
    }

    /** The session ended: what it had not committed is undone. */
    void closed() {
        if (inBlock) {
            rollback();
        }
    }

    /** The statement that was seen last ended without an error. */
    void succeededLast() {
        if (!inBlock) {
            last.forEach(Sighting::succeed);
        }
    }
}
