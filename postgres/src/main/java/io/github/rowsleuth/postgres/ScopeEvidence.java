package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.EvidenceId;
import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.Examination;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Puts what the catalogs tell into sentences, and hands them in. */
final class ScopeEvidence {

    /** How many tables that the incident does not name get evidence of their own; the answer holds all of them. */
    private static final int MOST = 2_000;

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Session session;
    private final Examination examination;
    private final Incident incident;
    private final Server server;
    private int others;

    ScopeEvidence(Session session, Server server) {
        this.session = session;
        this.examination = session.examination();
        this.incident = examination.incident();
        this.server = server;
    }

    void recordServer() {
        DatabaseIdentity identity = server.identity();
        String database = "the database " + identity.database();
        fact(
                "PostgreSQL " + identity.version() + (identity.inRecovery() ? ", a standby or recovering, " : ", ")
                        + database,
                Moment.unknown(),
                "pg_is_in_recovery()");
        identity.clusterCreated()
                .ifPresent(created -> fact(
                        "initdb made the cluster " + identity.systemIdentifier().orElse(""),
                        Moment.at(created, SECOND),
                        "pg_control_system()"));
        identity.serverStarted()
                .ifPresent(started -> fact("the server started", Moment.at(started), "pg_postmaster_start_time()"));
        server.databaseCreated()
                .ifPresent(created -> fact(
                        "the directory of " + database + " was made, by CREATE DATABASE or by a restore",
                        Moment.at(created, SECOND),
                        "pg_stat_file()"));
        server.databaseTransaction()
                .ifPresent(transaction -> fact(
                        database + " was created or altered by transaction " + transaction,
                        endedBy(transaction),
                        "pg_database"));
        server.control()
                .filter(control -> control.timeline() > 1)
                .ifPresent(control -> fact(
                        "the cluster is on timeline " + control.timeline()
                                + ": it was promoted, or restored to a point in time",
                        Moment.unknown(),
                        "pg_control_checkpoint()"));
    }

    private void fact(String summary, Moment moment, String location) {
        examination.record(new Observation.ServerFact(summary), moment, session.at(location));
    }

    private Moment endedBy(long transaction) {
        return server.endOf(transaction).map(Moment::notAfter).orElse(Moment.unknown());
    }

    /** Records tables of the incident, and others that something was done to. */
    List<EvidenceId> recordIfTelling(CatalogTable table) {
        boolean named = incident.names(table.name())
                || table.partitionOf().filter(incident::names).isPresent();
        boolean telling = table.newFile() || table.rowSecurity() || !table.logged();
        if (!named && !(telling && others++ < MOST)) {
            return List.of();
        }
        Moment moment = table.committed()
                .map(Moment::at)
                .or(() -> table.written().map(this::endedBy))
                .orElse(Moment.unknown());
        return List.of(examination.record(
                new Observation.CatalogEntry(table.name(), summary(table)), moment, session.at("pg_class")));
    }

    private static String summary(CatalogTable table) {
        StringBuilder text = new StringBuilder(table.name().toString()).append(file(table));
        table.typeWritten()
                .ifPresent(
                        t -> text.append("; created in transaction ").append(t).append(" or before"));
        table.partitionOf().ifPresent(up -> text.append("; a partition of ").append(up));
        text.append(table.rowSecurity() ? "; row-level security can hide its rows" : "");
        text.append(table.logged() ? "" : "; unlogged: a crash empties it");
        return text.toString();
    }

    private static String file(CatalogTable table) {
        Optional<Long> written = table.written();
        if (table.newFile()) {
            return " has file " + table.filenode() + ", was created as " + table.oid() + ": truncated or rewritten"
                    + written.map(w -> " in transaction " + w + " at the latest")
                            .orElse("");
        }
        return (table.filenode() == 0 ? " has no file of its own" : " has the file it was created with")
                + written.map(w -> ", last altered in transaction " + w).orElse("");
    }
}
