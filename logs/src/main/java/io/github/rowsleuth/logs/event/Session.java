package io.github.rowsleuth.logs.event;

import io.github.rowsleuth.logs.event.SessionEvent.Ended;
import io.github.rowsleuth.logs.event.SessionEvent.Failure;
import io.github.rowsleuth.logs.event.SessionEvent.Mention;
import io.github.rowsleuth.logs.event.SessionEvent.Report;
import io.github.rowsleuth.logs.event.SessionEvent.Run;
import io.github.rowsleuth.logs.record.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a session does while a log is read: the statement that runs, and the transaction that it is in. */
final class Session {

    private static final int MOST_OUTSIDE = 1_000;
    private static final int DEEPEST = 8;

    private final Ledger ledger;
    private final Block block = new Block();
    private final List<Sighting> outside = new ArrayList<>();
    /** The statement of the client, and above it what runs within. */
    private final List<Running> stack = new ArrayList<>();

    private final List<Sighting> cascades = new ArrayList<>();
    private String group = "";

    Session(Ledger ledger) {
        this.ledger = ledger;
    }

    /** {@return whether another statement that destroys nothing would change nothing} */
    boolean isIdle() {
        return stack.isEmpty();
    }

    /** {@return whether nothing of it can still change how a statement ended} */
    boolean isBlank() {
        return stack.isEmpty() && !block.isOpen() && outside.isEmpty() && cascades.isEmpty();
    }

    void idle() {
        next();
    }

    /** A server takes one statement after the other: the one before has ended, and would have failed with an error. */
    private void next() {
        if (!stack.isEmpty() && !stack.get(0).ended && stack.get(0).announced) {
            end(stack.get(0), Optional.empty());
        }
        stack.clear();
    }

    void run(Run run) {
        Running known = run.ended() ? find(run.key()) : null;
        Running running = known == null || known.announced ? begin(run.key()) : known;
        running.announced = true;
        for (RunItem item : run.items()) {
            if (item instanceof Step step) {
                step(step, running);
            } else {
                see((Sighting) item, running, known != null);
            }
        }
        if (run.ended()) {
            end(running, run.took());
        }
        if (running.isIdle() && run.ended()) {
            stack.clear();
        }
    }

    /**
     * A statement that only begins or ends a block has run: the same as {@link #run}, where nothing else is at stake.
     *
     * @return whether it was that simple
     */
    boolean ran(Step.Kind kind) {
        if (!stack.isEmpty() || !outside.isEmpty() || !block.isEmpty()) {
            return false;
        }
        if (kind != Step.Kind.BEGIN) {
            block.leave();
        } else if (!block.isOpen()) {
            block.open();
        }
        return true;
    }

    private Running begin(TextKey key) {
        next();
        Running running = new Running(key, block.isOpen());
        stack.add(running);
        return running;
    }

    private void see(Sighting sighting, Running running, boolean wasReported) {
        if (!wasReported
                || running.sightings.stream().noneMatch(s -> s.statement().equals(sighting.statement()))) {
            add(sighting, running);
        }
    }

    private void add(Sighting sighting, Running running) {
        running.sightings.add(sighting);
        running.goesOnAfterCommit |= !running.committed.isEmpty();
        if (block.isOpen()) {
            block.add(sighting);
        } else if (outside.size() < MOST_OUTSIDE) {
            outside.add(sighting);
        }
        ledger.enter(sighting);
    }

    /** {@return the statement of that text that has not ended, what runs within it left behind; null if there is none} */
    private @Nullable Running find(TextKey key) {
        for (int i = stack.size() - 1; i >= 0; i--) {
            Running running = stack.get(i);
            if (running.key.equals(key) && !running.ended) {
                stack.subList(i + 1, stack.size()).clear();
                return running;
            }
        }
        return null;
    }

    private void step(Step step, Running running) {
        running.goesOnAfterCommit |= !running.committed.isEmpty() && step.matters();
        switch (step.kind()) {
            case BEGIN -> {
                if (!block.isOpen()) {
                    outside.clear();
                    block.open();
                }
            }
            case COMMIT -> {
                running.committed.addAll(block.commit());
                outside.clear();
            }
            case ROLLBACK -> rollback();
            case HAND_OVER -> {
                block.leave();
                outside.clear();
            }
            case SAVEPOINT -> block.savepoint(step.name());
            case RELEASE -> block.release(step.name());
            case ROLLBACK_TO -> block.rollbackTo(step.name());
            case OTHER, PREPARE -> {}
        }
    }

    private void rollback() {
        if (block.isOpen()) {
            block.rollback();
        } else {
            outside.forEach(s -> s.endsIfOpen(End.DOUBTFUL)); // its BEGIN lies before this log
        }
        outside.clear();
    }

    void ended(Ended event) {
        if (stack.isEmpty()) {
            return;
        }
        Running client = stack.get(0);
        stack.subList(1, stack.size()).clear();
        if (!client.ended) {
            // what only an extension reported can be a part of the statement that took so long
            end(client, client.announced ? Optional.of(event.took()) : Optional.empty());
            client.sightings.forEach(s -> s.identify(event.transaction(), event.query()));
        }
    }

    private void end(Running running, Optional<Duration> took) {
        running.ended = true;
        for (Sighting sighting : running.sightings) {
            took.ifPresent(sighting::took);
            if (!block.isOpen()) {
                sighting.succeed();
            }
        }
    }

    void failed(Failure failure) {
        Running running = failure.key().isNone() ? unnamed() : find(failure.key());
        if (running != null) {
            fail(running, failure);
        } else {
            Running attempt = begin(failure.key());
            failure.own().forEach(s -> add(s, attempt));
            failure.own().forEach(s -> fail(s, failure));
        }
        Running inner = new Running(TextKey.NONE, block.isOpen());
        failure.nested().forEach(s -> add(s, inner));
        failure.nested().forEach(s -> fail(s, failure));
        stack.clear();
        block.fail();
        if (failure.fatal()) {
            close(false);
        }
    }

    /** {@return the statement that runs, for an error that does not name it} */
    private @Nullable Running unnamed() {
        return stack.isEmpty() || stack.get(0).ended ? null : stack.get(0);
    }

    private void fail(Running running, Failure failure) {
        boolean nothingRan = failure.beforeAnythingRan();
        for (Sighting s : running.sightings) {
            boolean mayStand = running.committed.contains(s) && !nothingRan;
            if (mayStand) {
                s.ends(End.DOUBTFUL);
            } else {
                fail(s, failure);
            }
        }
        for (Sighting s : running.committed) {
            if (!running.sightings.contains(s)) {
                s.ends(running.goesOnAfterCommit && !nothingRan ? End.DOUBTFUL : End.ROLLED_BACK);
            }
        }
        if (nothingRan && !running.wasInBlock) {
            block.leave();
        }
    }

    private void fail(Sighting sighting, Failure failure) {
        ledger.fail(sighting);
        sighting.identify(failure.transaction(), failure.query());
        sighting.fails(failure.sqlState(), failure.message());
    }

    void mentioned(Mention mention) {
        Running running = find(mention.key());
        if (running == null) {
            running = within(mention.key());
            for (Sighting s : mention.sightings()) {
                add(s, running);
            }
        }
        if (mention.crashed()) {
            running.sightings.forEach(s -> s.endsIfOpen(End.ROLLED_BACK));
        }
    }

    /** {@return a statement that runs within the one that runs, or on its own if none does} */
    private Running within(TextKey key) {
        if (stack.isEmpty() || stack.get(0).ended || stack.size() >= DEEPEST) {
            return begin(key);
        }
        Running running = new Running(key, block.isOpen());
        stack.add(running);
        return running;
    }

    void reported(Report report) {
        if (report.foreignKey()) {
            cascade(report, report.candidates().get(0));
            return;
        }
        Running running = find(report.key());
        if (running == null) {
            running = within(report.key());
        }
        Sighting seen = claim(report, running);
        if (report.group().equals(group) || report.group().isEmpty()) {
            cascades.forEach(c -> c.within(Optional.of("foreign key of " + seen.statement())));
        }
        cascades.clear();
        group = "";
    }

    /** The rows of a child go before those of its parent, and are reported before them. */
    private void cascade(Report report, Sighting child) {
        if (!report.group().equals(group)) {
            cascades.clear();
            group = report.group();
        }
        child.reported();
        child.within(Optional.of("foreign key"));
        Running apart = new Running(report.key(), block.isOpen());
        add(child, apart);
        cascades.add(child);
    }

    private Sighting claim(Report report, Running running) {
        for (Sighting candidate : report.candidates()) {
            for (Sighting seen : running.sightings) {
                if (!seen.isReported() && Destruction.agree(seen.statement(), candidate.statement())) {
                    seen.learnFrom(candidate);
                    return seen;
                }
            }
        }
        Sighting added = report.candidates().stream()
                .filter(c ->
                        running.sightings.stream().noneMatch(s -> s.statement().equals(c.statement())))
                .findFirst()
                .orElse(report.candidates().get(0));
        added.reported();
        add(added, running);
        return added;
    }

    /** The session ended: what it had not committed is undone. */
    void close(boolean orderly) {
        if (orderly) {
            next();
        }
        if (block.isOpen()) {
            block.rollback();
        }
        outside.clear();
        stack.clear();
        cascades.clear();
    }

    void write(Pool.Writer out) throws IOException {
        block.write(out);
        out.done(outside);
        out.data().writeInt(stack.size());
        for (Running running : stack) {
            running.write(out);
        }
        out.sightings(cascades);
        Text.write(out.data(), group);
    }

    void read(Pool.Reader in) throws IOException {
        block.read(in);
        outside.addAll(in.sightings());
        for (int i = in.data().readInt(); i > 0; i--) {
            stack.add(Running.read(in));
        }
        cascades.addAll(in.sightings());
        group = Text.read(in.data());
    }
}
