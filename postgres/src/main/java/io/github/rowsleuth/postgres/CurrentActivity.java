package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Coverage;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.ProbeUnavailableException;
import io.github.rowsleuth.probe.Volatility;
import io.github.rowsleuth.server.ServerActivity;
import io.github.rowsleuth.server.ServerSession;
import java.sql.SQLException;
import java.util.List;

/** What only the memory of the server holds: who is at work, and who keeps deleted rows. */
final class CurrentActivity implements Probe<ServerActivity> {

    private final Sessions sessions;

    CurrentActivity(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public String id() {
        return "postgres.activity";
    }

    @Override
    public Class<ServerActivity> answerType() {
        return ServerActivity.class;
    }

    @Override
    public Volatility volatility() {
        return Volatility.MEMORY;
    }

    @Override
    public ServerActivity examine(Examination examination) throws ProbeUnavailableException, InterruptedException {
        return sessions.examine(examination, CurrentActivity::read);
    }

    private static ServerActivity read(Session session)
            throws SQLException, ProbeUnavailableException, InterruptedException {
        List<ActiveSession> active = ActiveSession.all(session);
        WriteLocks locks = WriteLocks.read(session);
        Holders holders = Holders.read(session);
        ActivityLimits limits = ActivityLimits.read(session);

        ActivityEvidence evidence = new ActivityEvidence(session, limits.database());
        evidence.recordSettings(limits);
        ServerActivity activity = new ServerActivity(
                record(evidence, locks, active),
                holders.prepared().stream()
                        .map(p -> evidence.recorded(p, locks.ofPrepared(p.transaction())))
                        .toList(),
                holders.slots().stream().map(evidence::recorded).toList(),
                holders.vacuums().stream()
                        .filter(v -> !v.hidden())
                        .map(evidence::recorded)
                        .toList());
        boolean all = limits.sayWhatIsHidden(session.examination(), active, holders.vacuums());
        cover(session.examination(), activity, all && locks.complete() && holders.complete());
        return activity;
    }

    private static List<ServerSession> record(ActivityEvidence evidence, WriteLocks locks, List<ActiveSession> active) {
        return evidence.recorded(active.stream()
                .map(a -> ServerSession.builder()
                        .from(a.session())
                        .writing(locks.ofSession(a.session().pid()))
                        .build())
                .toList());
    }

    private static void cover(Examination examination, ServerActivity activity, boolean all) {
        String read = activity.sessions().size() + " other sessions, "
                + activity.prepared().size() + " prepared transactions, "
                + activity.slots().size() + " replication slots, "
                + activity.vacuums().size() + " running vacuums";
        examination.coverage(all ? Coverage.complete(read) : Coverage.partial(read + "; see the gaps"));
    }
}
