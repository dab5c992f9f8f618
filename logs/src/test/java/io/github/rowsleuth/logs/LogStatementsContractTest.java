package io.github.rowsleuth.logs;

import io.github.rowsleuth.probe.StatementProbe;
import io.github.rowsleuth.probe.Statements;
import io.github.rowsleuth.probe.contract.ProbeContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

class LogStatementsContractTest implements ProbeContract<Statements> {

    @Override
    public StatementProbe probe() {
        return PostgresLogs.in(Logs.recorded("s02-debian-mod")).statements();
    }

    @Override
    public StatementProbe probeOfMissingSource() {
        return PostgresLogs.in(Path.of("no", "such.log")).statements();
    }

    @Override
    public String fingerprintOfSource() throws IOException {
        Path log = Logs.recorded("s02-debian-mod");
        return Arrays.hashCode(Files.readAllBytes(log)) + " " + Files.getLastModifiedTime(log);
    }
}
