package io.github.rowsleuth.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rowsleuth.probe.ProbeOutcome;
import io.github.rowsleuth.probe.ProbeOutcome.Status;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Each call to the driver is made to fail once, one run for each: at most one probe is hit, and nothing is left open. */
class EveryCallFailsOnceTest {
    private static final int MAJOR = 16;

    /** Between these and the last call, only some are tried: they are rows, and rows are alike. */
    private static final int ALL_OF_THE_FIRST = 60;

    private static final int STEP = 37;

    /** Makes one call fail; closing is none of them, because what is sabotaged must still be closed. */
    private static final class Saboteur implements WatchedDataSource.Watch {
        private final int victim;
        private final AtomicInteger calls = new AtomicInteger();

        Saboteur(int victim) {
            this.victim = victim;
        }

        @Override
        public void before(Method method) throws SQLException {
            if (!method.getName().equals("close") && calls.incrementAndGet() == victim) {
                throw new SQLException("this call fails", "08006");
            }
        }
    }

    private static long unanswered(Investigated run) {
        return run.findings().outcomes().stream()
                .map(ProbeOutcome::status)
                .filter(s -> s != Status.ANSWERED)
                .count();
    }

    @Test
    void one_failing_call_silences_one_probe_at_most() throws Exception {
        Database database = Database.on(MAJOR).run("create table orders(id int)");
        PGSimpleDataSource real = new PGSimpleDataSource();
        real.setUrl(database.url());
        Saboteur harmless = new Saboteur(0);
        long usual = unanswered(Investigated.of(Postgres.of(WatchedDataSource.of(real, harmless)), "orders"));
        int calls = harmless.calls.get();
        assertThat(calls).isGreaterThan(ALL_OF_THE_FIRST);

        for (int n = 1; n <= calls; n += n < ALL_OF_THE_FIRST ? 1 : STEP) {
            Saboteur saboteur = new Saboteur(n);
            Investigated run = Investigated.of(Postgres.of(WatchedDataSource.of(real, saboteur)), "orders");
            assertThat(unanswered(run) - usual).as("call " + n).isBetween(0L, 1L);
        }
        Investigated.of(Postgres.at(database.url()), "orders").leavesNothingOn(database.server());
    }
}
