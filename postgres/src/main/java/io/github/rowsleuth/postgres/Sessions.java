package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/** Opens one session at a time: a damaged server has better uses for its connection slots. */
final class Sessions {

    /** What a probe does with its session. */
    @FunctionalInterface
    interface Work<T> {
        T in(Session session) throws SQLException, ProbeUnavailableException, InterruptedException;
    }

    private final ConnectionSource source;
    private final Limits limits;
    private final ReentrantLock turn;

    Sessions(ConnectionSource source, Limits limits) {
        this(source, limits, new ReentrantLock(true));
    }

    private Sessions(ConnectionSource source, Limits limits, ReentrantLock turn) {
        this.source = source;
        this.limits = limits;
        this.turn = turn;
    }

    Limits limits() {
        return limits;
    }

    DataSource dataSource() {
        return source.dataSource();
    }

    /** The same source, with the same turns. */
    Sessions with(Limits other) {
        return new Sessions(source, other, turn);
    }

    <T> T examine(Examination examination, Work<T> work) throws ProbeUnavailableException, InterruptedException {
        if (!turn.tryLock(examination.remaining().toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ProbeUnavailableException(
                    "another probe held the one connection to " + source.name() + " until the deadline",
                    "allow more time with deadline(…)");
        }
        try (Session session = Session.open(source, limits, examination)) {
            return work.in(session);
        } catch (SQLException e) {
            throw ServerErrors.unavailable(source.name(), e);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public String toString() {
        return source.name();
    }
}
