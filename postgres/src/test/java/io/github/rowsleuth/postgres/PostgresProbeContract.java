package io.github.rowsleuth.postgres;

import io.github.rowsleuth.probe.Probe;
import io.github.rowsleuth.probe.contract.ProbeContract;

/** The contract of probes, for one that reads a database with {@link Database#DAMAGED_ORDERS}. */
interface PostgresProbeContract<T> extends ProbeContract<T> {

    /** The database, damaged before the first test. */
    Database database();

    /** The probe under test. */
    Probe<T> of(Postgres postgres);

    @Override
    default Probe<T> probe() {
        return of(Postgres.at(database().url()));
    }

    @Override
    default Probe<T> probeOfMissingSource() throws Exception {
        return of(Postgres.at(Database.urlOfNobody()));
    }

    @Override
    default String fingerprintOfSource() throws Exception {
        return database().value(Database.FINGERPRINT);
    }
}
