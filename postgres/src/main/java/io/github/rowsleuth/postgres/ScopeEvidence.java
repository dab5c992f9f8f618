package io.github.rowsleuth.postgres;

import io.github.rowsleuth.evidence.Moment;
import io.github.rowsleuth.evidence.Observation;
import io.github.rowsleuth.incident.Incident;
import io.github.rowsleuth.probe.DatabaseIdentity;
import io.github.rowsleuth.probe.Examination;
import io.github.rowsleuth.probe.Scope;
import io.github.rowsleuth.probe.TableScope;
import java.time.Duration;
import java.time.Instant;

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
                        "initdb made the cluster " + identity.systemIdentifier().orElse("") + younger(created),
                        Moment.at(created, SECOND),
                        "pg_control_system()"));
        identity.serverStarted()
                .ifPresent(started -> fact("the server started", Moment.at(started), "pg_postmaster_start_time()"));
        identity.databaseCreated()
                .ifPresent(created -> fact(
                        "the directory of " + database + " was made, by CREATE DATABASE or by a restore"
                                + younger(created),
                        Moment.at(created, SECOND),
                        "pg_stat_file()"));
        identity.databaseTransaction()
                .ifPresent(transaction -> fact(
                        database + " was created or altered by transaction " + transaction
                                + identity.databaseCommitted()
                                        .map(this::younger)
                                        .orElse(""),
                        identity.databaseCommitted().map(Moment::at).orElseGet(() -> endedBy(transaction)),
                        "pg_database"));
        identity.timeline()
                .filter(timeline -> timeline > 1)
                .ifPresent(timeline -> fact(
                        "the cluster is on timeline " + timeline + ": it was promoted, or restored to a point in time",
                        Moment.unknown(),
                        "pg_control_checkpoint()"));
    }

    /** What is younger than the rows it should have held was recreated, restored or mistaken. */
    private String younger(Instant made) {
        return incident.window()
                .notBefore()
                .filter(seen -> made.minus(SECOND).isAfter(seen))
                .map(seen -> ", after the rows were last there, at " + seen)
                .orElse("");
    }

    void recordCreation(Scope scope) {
        scope.creation()
                .filter(created -> created.tables() > 1)
                .ifPresent(created -> fact(
                        "its " + created.tables() + " tables were created in transactions " + created.first() + " to "
                                + created.last() + ", and the next transaction is "
                                + scope.database().nextTransaction().orElse(0L),
                        Moment.unknown(),
                        "pg_type"));
    }

    private void fact(String summary, Moment moment, String location) {
        examination.record(new Observation.ServerFact(summary), moment, session.at(location));
    }

    private Moment endedBy(long transaction) {
        return server.endOf(transaction).map(Moment::notAfter).orElse(Moment.unknown());
    }

    /** Records tables of the incident, and others that something was done to. */
    TableScope recordedIfTelling(TableScope table) {
        boolean named = incident.names(table.table())
                || table.partitionOf().filter(incident::names).isPresent()
                || table.resemblesPartitionOf().filter(incident::names).isPresent();
        boolean telling = table.newFile()
                || table.rowSecurity()
                || !table.logged()
                || table.detaching()
                || !table.formerNames().isEmpty()
                || !table.droppedColumns().isEmpty();
        if (!named && !(telling && others++ < MOST)) {
            return table;
        }
        Moment moment = table.catalogCommitted()
                .map(Moment::at)
                .or(() -> table.catalogTransaction().map(this::endedBy))
                .orElse(Moment.unknown());
        String summary = TableSentence.of(table)
                + table.creationCommitted().map(this::younger).orElse("");
        return TableScope.builder()
                .from(table)
                .addEvidence(examination.record(
                        new Observation.CatalogEntry(table.table(), summary), moment, session.at("pg_class")))
                .build();
    }
}
